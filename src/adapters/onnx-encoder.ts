/** The two towers on onnxruntime-web; the same file in a browser's worker and in Node. */
import type * as OnnxRuntime from 'onnxruntime-web'
import { failure, messageOf } from '../core/errors.ts'
import { countPieces, packBatch, planBatches } from '../core/model/batching.ts'
import type { CountedPieces } from '../core/model/batching.ts'
import type { ModelManifest } from '../core/model/manifest.ts'
import { createRunQueue } from '../core/model/run-queue.ts'
import { queryTowerOf, spaceOf } from '../core/model/space.ts'
import { createTokenizer } from '../core/model/word-piece.ts'
import type { Tokenizer } from '../core/model/word-piece.ts'
import type { Backend, Encoder, Tower } from '../core/ports/encoder.ts'
import { createSha256 } from './noble-sha256.ts'

type Ort = Pick<typeof OnnxRuntime, 'InferenceSession' | 'Tensor' | 'env'>

export interface OnnxEncoderOptions {
  /** The runtime, imported by whoever knows which of its builds fits. */
  readonly ort: Ort
  readonly manifest: ModelManifest
  /** Checked bytes by their paths in the manifest. */
  readonly files: ReadonlyMap<string, Uint8Array>
  readonly backend: Backend
  /** On WASM; taken from the first encoder of a thread, the runtime starts only once. */
  readonly threads: number
  /** Called between batches, so that a query that arrives meanwhile is heard. */
  readonly breathe?: () => Promise<void>
}

export interface OnnxEncoder extends Required<Encoder> {
  close(): Promise<void>
}

const NO_PIECES: CountedPieces = { ids: [], counts: [] }

/** Texts that are cut into pieces at a time; between two such groups others get their turn. */
const GROUP = 256

/** Small enough to stay in a core's cache, so that queries wait little. */
const LIMITS: Readonly<Record<Backend, { rows: number; cells: number }>> = {
  wasm: { rows: 16, cells: 2048 },
  webgpu: { rows: 64, cells: 16_384 },
}

/** @throws ModelUnsupported for a tokenizer we cannot read, EncoderFailed when the runtime refuses the graphs. */
export async function createOnnxEncoder(options: OnnxEncoderOptions): Promise<OnnxEncoder> {
  const { ort, manifest, files, backend } = options
  const tokenizer = readTokenizer(fileOf(files, manifest.tokenizer))
  ort.env.wasm.numThreads = options.threads
  const query = await openTower(options, 'query')
  const document = await openTower(options, 'document')
  const sessions = { query, document }
  const queue = createRunQueue()
  const { dimension } = manifest

  async function runBatch(tower: Tower, texts: readonly CountedPieces[]): Promise<Float32Array> {
    const { ids, mask, rows, length } = packBatch(texts)
    const feeds = {
      input_ids: new ort.Tensor('int64', ids, [rows, length]),
      attention_mask: new ort.Tensor('int64', mask, [rows, length]),
    }
    try {
      const { embedding } = await sessions[tower].run(feeds)
      const data = embedding === undefined ? undefined : await embedding.getData()
      if (data instanceof Float32Array && data.length === rows * dimension) return data
    } catch (error) {
      throw failure('EncoderFailed', `The model stopped while reading: ${messageOf(error)}`, error)
    }
    throw failure(
      'EncoderFailed',
      `The model answered with something else than ${rows} × ${dimension} numbers.`,
    )
  }

  async function encodeGroup(texts: readonly string[], tower: Tower, target: Float32Array): Promise<void> {
    const { prefix, maxTokens, input } = manifest.towers[tower]
    const pieces = texts.map(text => countPieces(tokenizer.encode(prefix + text, maxTokens), input))
    const lengths = pieces.map(({ ids }) => ids.length)
    for (const batch of planBatches(lengths, LIMITS[backend])) {
      const chosen = batch.map(text => pieces[text] ?? NO_PIECES)
      const rows = await queue.run(tower, () => runBatch(tower, chosen))
      batch.forEach((text, row) => {
        target.set(rows.subarray(row * dimension, (row + 1) * dimension), text * dimension)
      })
      await options.breathe?.()
    }
  }

  return {
    async info() {
      return {
        modelName: manifest.name,
        space: spaceOf(manifest, hashOfText),
        queryTower: queryTowerOf(manifest, hashOfText),
        dimension,
        backend,
        threads: backend === 'wasm' ? (ort.env.wasm.numThreads ?? 1) : 1,
        maxTokens: manifest.towers.document.maxTokens,
        fusionWeight: manifest.fusion.weight,
        strength: manifest.strength,
      }
    },
    async encode(texts, tower) {
      const vectors = new Float32Array(texts.length * dimension)
      for (let start = 0; start < texts.length; start += GROUP) {
        const group = texts.slice(start, start + GROUP)
        await encodeGroup(
          group,
          tower,
          vectors.subarray(start * dimension, (start + group.length) * dimension),
        )
      }
      pointSomewhere(vectors, dimension)
      return vectors
    },
    countTokens: async texts =>
      Uint32Array.from(texts, text => tokenizer.encode(text, Number.POSITIVE_INFINITY).length),
    close: () =>
      queue.run('document', async () => {
        await query.release()
        await document.release()
      }),
  }
}

async function openTower(options: OnnxEncoderOptions, tower: Tower): Promise<OnnxRuntime.InferenceSession> {
  const { ort, manifest, files, backend } = options
  const { graph, externalData } = manifest.towers[tower]
  try {
    return await ort.InferenceSession.create(fileOf(files, graph), {
      executionProviders: [backend],
      externalData: externalData.map(path => ({ path, data: fileOf(files, path) })),
      graphOptimizationLevel: 'all',
      // Below errors: which nodes of a graph stay on the CPU is no news.
      logSeverityLevel: 3,
    })
  } catch (error) {
    throw failure('EncoderFailed', `The model could not be started (${graph}): ${messageOf(error)}`, error)
  }
}

function fileOf(files: ReadonlyMap<string, Uint8Array>, path: string): Uint8Array {
  const bytes = files.get(path)
  if (bytes !== undefined) return bytes
  throw new Error(`expected the model's file ${path}, got ${[...files.keys()].join(', ')}`)
}

function readTokenizer(bytes: Uint8Array): Tokenizer {
  let parsed: unknown
  try {
    parsed = JSON.parse(new TextDecoder().decode(bytes))
  } catch (error) {
    throw failure('ModelUnsupported', `The model's tokenizer is not JSON: ${messageOf(error)}`, error)
  }
  return createTokenizer(parsed)
}

/** A text without pieces comes out as zeros; every vector of ours has length 1, so it points along the first axis. */
function pointSomewhere(vectors: Float32Array, dimension: number): void {
  for (let start = 0; start < vectors.length; start += dimension) {
    if (vectors.subarray(start, start + dimension).every(value => value === 0)) vectors[start] = 1
  }
}

function hashOfText(text: string): string {
  const hash = createSha256()
  hash.update(new TextEncoder().encode(text))
  return hash.digest()
}
