/** From a checkpoint to the files that the app loads: two graphs, one table, the tokenizer, the manifest. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { MANIFEST_FORMAT, MANIFEST_VERSION, parseManifest } from '../src/core/model/manifest.ts'
import type { ModelManifest, TowerManifest } from '../src/core/model/manifest.ts'
import { quantiseRows } from '../src/core/training/quantise-rows.ts'
import { createSha256 } from '../src/adapters/noble-sha256.ts'
import { loadCheckpoint } from './checkpoint.ts'
import type { Checkpoint } from './checkpoint.ts'
import { CHOSEN, RECIPE } from './recipe.ts'
import { LICENCE, SOURCES } from './sources.ts'
import { writeTowerGraph } from './tower-graph.ts'

const TABLE = 'table.bin'

/** Writes the model of the checkpoint in `work` to the folder `out`; 4 bits to see what they cost, in no less room. */
export async function exportModel(work: string, out: string, bits: 4 | 8 = 8): Promise<void> {
  const checkpoint = await loadCheckpoint(work)
  const files = modelFiles(checkpoint, bits)
  await mkdir(out, { recursive: true })
  for (const [path, bytes] of files) await writeFile(join(out, path), bytes)
  const manifest = manifestOf(checkpoint, files)
  parseManifest(manifest)
  await writeFile(join(out, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
}

export function modelFiles(checkpoint: Checkpoint, bits: 4 | 8 = 8): Map<string, Uint8Array> {
  const { vocabulary, dimension, table } = checkpoint
  const { codes, scales } = quantiseRows(table, dimension, bits)
  const graph = ({ weights, head }: Checkpoint['query']): Uint8Array => {
    // Padding and unknown pieces weigh nothing; the tokenizer leaves them out anyway.
    const scaled = weights.map((weight, id) => (id < 2 ? 0 : weight * (scales[id] ?? 0)))
    const numbers = { kind: checkpoint.head, dimension, values: head }
    return writeTowerGraph({ vocabulary, dimension, weights: scaled, head: numbers, tableFile: TABLE })
  }
  return new Map([
    ['query.onnx', graph(checkpoint.query)],
    ['document.onnx', graph(checkpoint.document)],
    [TABLE, new Uint8Array(codes.buffer)],
    ['tokenizer.json', new TextEncoder().encode(JSON.stringify(checkpoint.tokenizer))],
  ])
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
