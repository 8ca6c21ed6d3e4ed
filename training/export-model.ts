/** From a checkpoint to the files that the app loads: two graphs, one table, the tokenizer, the manifest. */
import type { TowerManifest } from '../src/core/model/manifest.ts'
import { gruWeights } from '../src/core/training/gru.ts'
import { quantiseRows } from '../src/core/training/quantise-rows.ts'
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

/** Writes the model of the checkpoint in `work` to the folder `out`; 4 bits to see what they cost, in no less room. */
export async function exportModel(work: string, out: string, bits: 4 | 8 = 8): Promise<void> {
  const checkpoint = await loadCheckpoint(work)
  await writeModelFolder(out, describe(checkpoint), modelFiles(checkpoint, bits))
}

export function modelFiles(checkpoint: Checkpoint, bits: 4 | 8 = 8): Map<string, Uint8Array> {
  const { codes, scales } = quantiseRows(checkpoint.table, tableWidth(checkpoint), bits)
  const graph = (numbers: TowerNumbers): Uint8Array => {
    // Padding and unknown pieces weigh nothing; the tokenizer leaves them out anyway.
    const weights = numbers.weights.map((weight, id) => (id < 2 ? 0 : weight * (scales[id] ?? 0)))
    return graphOf(checkpoint, weights, numbers.head)
  }
  return new Map([
    ['query.onnx', graph(checkpoint.query)],
    ['document.onnx', graph(checkpoint.document)],
    [TABLE, new Uint8Array(codes.buffer)],
    ['tokenizer.json', new TextEncoder().encode(JSON.stringify(checkpoint.tokenizer))],
  ])
}

function graphOf(
  { body, vocabulary, dimension, layer, ...checkpoint }: Checkpoint,
  weights: Float32Array,
  values: Float32Array,
): Uint8Array {
  const head = { kind: checkpoint.head, dimension, values }
  if (body.kind === 'bag') return writeTowerGraph({ vocabulary, dimension, weights, head, tableFile: TABLE })
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
