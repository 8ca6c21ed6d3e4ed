/** What both sides of the comparison work on: the same bags, and the same table to start from, in one seeded file. */
import { readFile, writeFile } from 'node:fs/promises'
import { createRandom } from '../../src/core/training/random.ts'
import type { Random } from '../../src/core/training/random.ts'

export const SIZES = { vocabulary: 32_000, dimension: 256, batch: 1024, batches: 4 } as const

/** Pieces of a text, as the data of the shipped model has them: short questions, paragraphs. */
const LENGTHS = { query: { least: 4, most: 24 }, document: { least: 20, most: 120 } } as const

export const MAX_TOKENS = { query: LENGTHS.query.most, document: LENGTHS.document.most }

/** Text i is `ids[offsets[i]]` to `ids[offsets[i + 1] − 1]`. */
export interface TextBags {
  readonly offsets: Int32Array
  readonly ids: Int32Array
}

export interface Work {
  readonly batches: readonly { readonly query: TextBags; readonly document: TextBags }[]
  /** [vocabulary×dimension] */
  readonly table: Float32Array
}

/** Int32: the four sizes; of each batch the offsets and ids of the queries, then of the documents. Float32: the table. */
export async function writeWork(path: string, seed: number): Promise<void> {
  const random = createRandom(seed)
  const { vocabulary, dimension, batch, batches } = SIZES
  const parts: (Int32Array | Float32Array)[] = [Int32Array.of(vocabulary, dimension, batch, batches)]
  for (let i = 0; i < batches; i++) {
    for (const side of ['query', 'document'] as const) {
      const { offsets, ids } = makeBags(random, LENGTHS[side])
      parts.push(offsets, ids)
    }
  }
  parts.push(Float32Array.from({ length: vocabulary * dimension }, () => 0.05 * random.normal()))
  const bytes = parts.map(({ buffer, byteOffset, byteLength }) => Buffer.from(buffer, byteOffset, byteLength))
  await writeFile(path, Buffer.concat(bytes))
}

/** Distinct pieces in each text, frequent ones first as Zipf’s law has them. */
function makeBags(random: Random, { least, most }: { least: number; most: number }): TextBags {
  const offsets = new Int32Array(SIZES.batch + 1)
  const ids: number[] = []
  for (let row = 0; row < SIZES.batch; row++) {
    const text = new Set<number>()
    const length = least + random.below(most - least + 1)
    while (text.size < length) text.add(Math.floor(SIZES.vocabulary ** random.next()) - 1)
    ids.push(...text)
    offsets[row + 1] = ids.length
  }
  return { offsets, ids: Int32Array.from(ids) }
}

export async function readWork(path: string): Promise<Work> {
  const bytes = await readFile(path)
  const buffer = bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)
  let at = 16
  const take = (length: number): Int32Array => {
    const view = new Int32Array(buffer, at, length)
    at += 4 * length
    return view
  }
  const bags = (): TextBags => {
    const offsets = take(SIZES.batch + 1)
    return { offsets, ids: take(offsets[SIZES.batch] ?? 0) }
  }
  const batches = Array.from({ length: SIZES.batches }, () => ({ query: bags(), document: bags() }))
  return { batches, table: new Float32Array(buffer, at) }
}
