/** What training leaves behind and the export reads: `tokenizer.json`, and the numbers in `weights.bin`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { StepWorker } from '../src/core/training/step-worker.ts'
import { tableWidth } from '../src/core/training/training-shape.ts'
import type { BodyPlan } from '../src/core/training/training-shape.ts'
import type { PieceVectors } from './pretrain.ts'

export interface TowerNumbers {
  /** One for each piece. */
  readonly weights: Float32Array
  /** [dimension×dimension], output rows. */
  readonly head: Float32Array
}

export interface Checkpoint {
  readonly vocabulary: number
  readonly dimension: number
  readonly body: BodyPlan
  /** [vocabulary×dimension], or as wide as the body has it. */
  readonly table: Float32Array
  readonly query: TowerNumbers
  readonly document: TowerNumbers
  /** What the body has learned beside the table and the weights: what is left of the numbers. */
  readonly layer: Float32Array
  /** Of `tokenizer.json`. */
  readonly tokenizer: unknown
}

interface Shape {
  readonly vocabulary: number
  readonly dimension: number
  /** Absent in checkpoints from before there was a choice. */
  readonly body?: BodyPlan
}

const BAG: BodyPlan = { kind: 'bag' }

export async function saveCheckpoint(
  folder: string,
  { state, body: { parameters } }: Pick<StepWorker, 'state' | 'body'>,
  tokenizer: unknown,
): Promise<void> {
  const { query, document } = state.towers
  const parts = [state.table.values, query.weights, query.head.values, document.weights, document.head.values]
  parts.push(...parameters.map(({ values }) => values))
  await mkdir(folder, { recursive: true })
  const bytes = Buffer.concat(parts.map(bytesOf))
  await writeFile(join(folder, 'weights.bin'), bytes)
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer))
  const { vocabulary, dimension, body } = state.shape
  await writeFile(join(folder, 'shape.json'), JSON.stringify({ vocabulary, dimension, body }))
}

export async function loadCheckpoint(folder: string): Promise<Checkpoint> {
  const shape: unknown = JSON.parse(await readFile(join(folder, 'shape.json'), 'utf8'))
  const { vocabulary, dimension, body = BAG } = shape as Shape
  const bytes = await readFile(join(folder, 'weights.bin'))
  const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  let next = 0
  const take = (length: number): Float32Array => numbers.subarray(next, (next += length))
  const tower = (): TowerNumbers => ({ weights: take(vocabulary), head: take(dimension * dimension) })
  const table = take(vocabulary * tableWidth({ body, dimension }))
  const [query, document] = [tower(), tower()]
  const tokenizer: unknown = JSON.parse(await readFile(join(folder, 'tokenizer.json'), 'utf8'))
  return { vocabulary, dimension, body, table, query, document, layer: numbers.subarray(next), tokenizer }
}

/** What the first stage leaves behind, with the tokenizer that it is for. */
export async function savePieceVectors(
  folder: string,
  { rows, counts }: PieceVectors,
  tokenizer: unknown,
): Promise<void> {
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'pieces.bin'), bytesOf(rows))
  await writeFile(join(folder, 'counts.bin'), bytesOf(counts))
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer))
}

export async function loadPieceVectors(folder: string): Promise<PieceVectors> {
  const read = async (name: string): Promise<ArrayBuffer> => {
    const bytes = await readFile(join(folder, name))
    return Uint8Array.from(bytes).buffer
  }
  return {
    rows: new Float32Array(await read('pieces.bin')),
    counts: new Float64Array(await read('counts.bin')),
  }
}

function bytesOf({ buffer, byteOffset, byteLength }: Float32Array | Float64Array): Buffer {
  return Buffer.from(buffer, byteOffset, byteLength)
}
