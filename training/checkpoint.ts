/** What training leaves behind and the export reads: `tokenizer.json`, and the numbers in `weights.bin`. */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createHead } from '../src/core/training/create-head.ts'
import type { StepWorker } from '../src/core/training/step-worker.ts'
import { SIDES } from '../src/core/training/tower-state.ts'
import { tableWidth } from '../src/core/training/training-shape.ts'
import type { BodyPlan, HeadPlan } from '../src/core/training/training-shape.ts'
import type { PieceVectors } from './pretrain.ts'

export interface TowerNumbers {
  /** One for each piece. */
  readonly weights: Float32Array
  /** What the head has learned, as it holds it. */
  readonly head: Float32Array
}

export interface Checkpoint {
  readonly vocabulary: number
  readonly dimension: number
  readonly body: BodyPlan
  readonly head: HeadPlan['kind']
  /** [vocabulary×dimension], or as wide as the body has it. */
  readonly table: Float32Array
  readonly query: TowerNumbers
  readonly document: TowerNumbers
  /** What the body has learned beside the table and the weights. */
  readonly layer: Float32Array
  /** Of `tokenizer.json`. */
  readonly tokenizer: unknown
}

export async function saveCheckpoint(
  folder: string,
  { state, body: { parameters } }: StepWorker,
  tokenizer: unknown,
): Promise<void> {
  const { query, document } = state.towers
  const parts = [state.table.values, query.weights, query.head.values, document.weights, document.head.values]
  parts.push(...parameters.map(({ values }) => values))
  await mkdir(folder, { recursive: true })
  const bytes = Buffer.concat(parts.map(bytesOf))
  await writeFile(join(folder, 'weights.bin'), bytes)
  await writeFile(join(folder, 'tokenizer.json'), JSON.stringify(tokenizer))
  const { vocabulary, dimension, body, head } = state.shape
  const shape: SavedShape = { vocabulary, dimension, body, head: head.kind }
  await writeFile(join(folder, 'shape.json'), JSON.stringify(shape))
}

export async function loadCheckpoint(folder: string): Promise<Checkpoint> {
  const shape: unknown = JSON.parse(await readFile(join(folder, 'shape.json'), 'utf8'))
  const { vocabulary, dimension, body = BAG, head = 'linear' } = shape as SavedShape
  const headSize = createHead({ kind: head, dropout: 0 }, dimension).size
  const bytes = await readFile(join(folder, 'weights.bin'))
  const numbers = new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength))
  let next = 0
  const take = (length: number): Float32Array => numbers.subarray(next, (next += length))
  const tower = (): TowerNumbers => ({ weights: take(vocabulary), head: take(headSize) })
  const table = take(vocabulary * tableWidth({ body, dimension }))
  const [query, document] = [tower(), tower()]
  const layer = numbers.subarray(next)
  const tokenizer: unknown = JSON.parse(await readFile(join(folder, 'tokenizer.json'), 'utf8'))
  return { vocabulary, dimension, body, head, table, query, document, layer, tokenizer }
}

interface SavedShape {
  readonly vocabulary: number
  readonly dimension: number
  /** Left out by older ones, as the head's kind. */
  readonly body?: BodyPlan
  readonly head?: HeadPlan['kind']
}

const BAG: BodyPlan = { kind: 'bag' }

/**
 * Gives the towers of a worker what the checkpoint has learned.
 * @throws Error when they are of another shape or read with another tokenizer.
 */
export function placeCheckpoint(
  checkpoint: Checkpoint,
  { state, body }: StepWorker,
  tokenizer: unknown,
): void {
  const { vocabulary, dimension, head } = state.shape
  const [expected, got] = [
    [vocabulary, dimension, state.shape.body.kind, head.kind],
    [checkpoint.vocabulary, checkpoint.dimension, checkpoint.body.kind, checkpoint.head],
  ].map(parts => parts.join(', '))
  if (expected !== got) throw new Error(`expected a model of ${expected}, got one of ${got}`)
  if (JSON.stringify(tokenizer) !== JSON.stringify(checkpoint.tokenizer)) {
    throw new Error(
      'expected a model with the tokenizer of this run, got one with another: give it as --tokenizer',
    )
  }
  state.table.values.set(checkpoint.table)
  let next = 0
  for (const { values } of body.parameters) {
    values.set(checkpoint.layer.subarray(next, (next += values.length)))
  }
  for (const side of SIDES) {
    state.towers[side].weights.set(checkpoint[side].weights)
    state.towers[side].head.values.set(checkpoint[side].head)
  }
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
