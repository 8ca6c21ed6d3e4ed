/** From a checkpoint to the files that the app loads: two graphs, one table, the tokenizer, the manifest. */
import type { TowerManifest } from '../src/core/model/manifest.ts'
import { gruWeights } from '../src/core/training/gru.ts'
import { packHalves, quantisationLoss, quantiseRows } from '../src/core/training/quantise-rows.ts'
import type { Bits } from '../src/core/training/quantise-rows.ts'
import { tableWidth } from '../src/core/training/training-shape.ts'
import { loadCheckpoint } from './checkpoint.ts'
import type { Checkpoint, TowerNumbers } from './checkpoint.ts'
import { addHead } from './head-graph.ts'
import { writeModelFolder } from './model-folder.ts'
import type { ModelDescription } from './model-folder.ts'
import { CHOSEN, RECIPE, RECURRENT } from './recipe.ts'
import { writeRecurrentGraph } from './recurrent-graph.ts'
import { LICENCE, SOURCES } from './sources.ts'
import { writeTowerGraph } from './tower-graph.ts'

const TABLE = 'table.bin'

/** Writes the model of the checkpoint in `work` to the folder `out`, and prints what the rounding of the table costs. */
export async function exportModel(work: string, out: string, bits?: Bits): Promise<void> {
  const checkpoint = await loadCheckpoint(work)
  const chosen = bits ?? (checkpoint.body.kind === 'bag' ? CHOSEN.tableBits : 8)
  const { files, loss } = modelFiles(checkpoint, chosen)
  await writeModelFolder(out, describe(checkpoint), files)
  const percent = (100 * loss).toFixed(1)
  console.log(
    `${chosen} bits a value of the table: a row is off by ${percent} % of its length, root mean square`,
  )
}

export interface ModelFiles {
  readonly files: Map<string, Uint8Array>
  /** See `quantisationLoss`. */
  readonly loss: number
}

/** @throws Error for a recurrent body and 4 bits: its graph reads whole bytes. */
export function modelFiles(checkpoint: Checkpoint, bits: Bits): ModelFiles {
  const width = tableWidth(checkpoint)
  const quantised = quantiseRows(checkpoint.table, width, bits)
  const { codes, scales } = quantised
  const graph = (numbers: TowerNumbers): Uint8Array => {
    // Padding and unknown pieces weigh nothing; the tokenizer leaves them out anyway.
    const weights = numbers.weights.map((weight, id) => (id < 2 ? 0 : weight * (scales[id] ?? 0)))
    return graphOf(checkpoint, weights, numbers.head, bits)
  }
  const files = new Map([
    ['query.onnx', graph(checkpoint.query)],
    ['document.onnx', graph(checkpoint.document)],
    [TABLE, bits === 8 ? new Uint8Array(codes.buffer) : packHalves(codes, width)],
    ['tokenizer.json', new TextEncoder().encode(JSON.stringify(checkpoint.tokenizer))],
  ])
  return { files, loss: quantisationLoss(checkpoint.table, quantised) }
}

function graphOf(
  { body, vocabulary, dimension, layer, ...checkpoint }: Checkpoint,
  weights: Float32Array,
  values: Float32Array,
  bits: Bits,
): Uint8Array {
  const head = { kind: checkpoint.head, dimension, values }
  const table = { file: TABLE, bits }
  if (body.kind === 'bag') return writeTowerGraph({ vocabulary, dimension, weights, head, table })
  if (bits !== 8) throw new Error('expected 8 bits a value for a recurrent body, got 4')
  const shape = { inputs: body.inputs, hidden: dimension }
  return writeRecurrentGraph({
    vocabulary,
    cell: 'gru',
    shape,
    outputs: dimension,
    weights,
    layer: gruWeights(layer, shape),
    head: (graph, states) => addHead(graph, head, states),
    table: { file: TABLE, type: 'int8' },
  })
}

function describe({ dimension, body }: Checkpoint): ModelDescription {
  const isBag = body.kind === 'bag'
  const tokens = isBag
    ? { query: RECIPE.maxTokens.query, document: CHOSEN.documentTokens }
    : RECURRENT.maxTokens
  const towerOf = (graph: string, maxTokens: number): TowerManifest => ({
    graph,
    externalData: [TABLE],
    prefix: '',
    maxTokens,
    input: isBag ? 'counts' : 'sequence',
  })
  return {
    name: isBag ? RECIPE.name : RECURRENT.name,
    version: RECIPE.version,
    licence: LICENCE,
    sources: SOURCES,
    dimension,
    towers: {
      query: towerOf('query.onnx', tokens.query),
      document: towerOf('document.onnx', tokens.document),
    },
    tokenizer: 'tokenizer.json',
    fusion: { weight: CHOSEN.fusionWeight },
    strength: CHOSEN.strength,
  }
}
