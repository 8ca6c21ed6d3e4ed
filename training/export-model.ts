/** From a checkpoint to the files that the app loads: two graphs, one table, the tokenizer, the manifest. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MANIFEST_FORMAT, MANIFEST_VERSION, parseManifest } from '../src/core/model/manifest.ts'
import type { ModelManifest, TowerManifest } from '../src/core/model/manifest.ts'
import { packHalves, quantisationLoss, quantiseRows } from '../src/core/training/quantise-rows.ts'
import type { Bits } from '../src/core/training/quantise-rows.ts'
import { createSha256 } from '../src/adapters/noble-sha256.ts'
import { loadCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { CHOSEN, RECIPE } from './recipe.ts'
import { LICENCE, SOURCES } from './sources.ts'
import { writeTowerGraph } from './tower-graph.ts'

const TABLE = 'table.bin'

/** Writes the model of the checkpoint in `work` to the folder `out`. */
export async function exportModel(work: string, out: string, bits: Bits = CHOSEN.tableBits): Promise<void> {
  const checkpoint = await loadCheckpoint(work)
  const { files, loss } = modelFiles(checkpoint, bits)
  await mkdir(out, { recursive: true })
  for (const [path, bytes] of files) await writeFile(join(out, path), bytes)
  const manifest = manifestOf(checkpoint, files)
  parseManifest(manifest)
  await writeFile(join(out, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
  const percent = (100 * loss).toFixed(1)
  console.log(
    `${bits} bits a value of the table: a row is off by ${percent} % of its length, root mean square`,
  )
}

export interface ModelFiles {
  readonly files: Map<string, Uint8Array>
  /** See `quantisationLoss`. */
  readonly loss: number
}

export function modelFiles(checkpoint: Checkpoint, bits: Bits): ModelFiles {
  const { vocabulary, dimension, table } = checkpoint
  const quantised = quantiseRows(table, dimension, bits)
  const { codes, scales } = quantised
  const graph = ({ weights, head }: Checkpoint['query']): Uint8Array => {
    // Padding and unknown pieces weigh nothing; the tokenizer leaves them out anyway.
    const scaled = weights.map((weight, id) => (id < 2 ? 0 : weight * (scales[id] ?? 0)))
    return writeTowerGraph({ vocabulary, dimension, weights: scaled, head, table: { file: TABLE, bits } })
  }
  const files = new Map([
    ['query.onnx', graph(checkpoint.query)],
    ['document.onnx', graph(checkpoint.document)],
    [TABLE, bits === 8 ? new Uint8Array(codes.buffer) : packHalves(codes, dimension)],
    ['tokenizer.json', new TextEncoder().encode(JSON.stringify(checkpoint.tokenizer))],
  ])
  return { files, loss: quantisationLoss(table, quantised) }
}

function manifestOf(
  { dimension }: Checkpoint,
  files: ReadonlyMap<string, Uint8Array>,
): ModelManifest & { format: string; formatVersion: number } {
  return {
    format: MANIFEST_FORMAT,
    formatVersion: MANIFEST_VERSION,
    name: RECIPE.name,
    version: RECIPE.version,
    licence: LICENCE,
    sources: SOURCES,
    dimension,
    towers: {
      query: towerOf('query.onnx', RECIPE.maxTokens.query),
      document: towerOf('document.onnx', CHOSEN.documentTokens),
    },
    tokenizer: 'tokenizer.json',
    files: [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: hashOf(bytes) })),
    fusion: { weight: CHOSEN.fusionWeight },
    strength: CHOSEN.strength,
  }
}

function towerOf(graph: string, maxTokens: number): TowerManifest {
  return { graph, externalData: [TABLE], prefix: '', maxTokens, input: 'counts' }
}

function hashOf(bytes: Uint8Array): string {
  const hash = createSha256()
  hash.update(bytes)
  return hash.digest()
}
