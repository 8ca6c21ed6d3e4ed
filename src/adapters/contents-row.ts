import type { DocumentContents, DocumentId, Passage } from '../core/document.ts'
import type { ContentsRow } from './idb-schema.ts'

/** UTF-16 units of text in one row: small enough that a passage of a book is read without the book. */
export const SEGMENT = 32_768

/** Packs a document's passages for storage: bounds as numbers, each heading trail once. */
export function packPassages(id: DocumentId, { passages }: DocumentContents): ContentsRow {
  const bounds = new Uint32Array(passages.length * 2)
  const trailOf = new Uint32Array(passages.length)
  const trails: (readonly string[])[] = []
  const known = new Map<string, number>()
  for (const [i, passage] of passages.entries()) {
    bounds[2 * i] = passage.start
    bounds[2 * i + 1] = passage.end
    const name = JSON.stringify(passage.trail)
    const number = known.get(name) ?? trails.push(passage.trail) - 1
    known.set(name, number)
    trailOf[i] = number
  }
  return { id, bounds, trails, trailOf }
}

/** `undefined` when there is no such passage. */
export function unpackPassage(row: ContentsRow, i: number): Passage | undefined {
  const [start, end, trail] = [row.bounds[2 * i], row.bounds[2 * i + 1], row.trails[row.trailOf[i] ?? -1]]
  return start === undefined || end === undefined || trail === undefined ? undefined : { start, end, trail }
}

export function unpackPassages(row: ContentsRow): Passage[] {
  return Array.from(row.trailOf, (_, i) => {
    const passage = unpackPassage(row, i)
    if (passage !== undefined) return passage
    throw new Error(`expected bounds and a trail for passage ${i} of ${row.id}, got a row without them`)
  })
}

export function packText(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / SEGMENT) }, (_, n) =>
    text.slice(n * SEGMENT, (n + 1) * SEGMENT),
  )
}

/** The numbers of the segments that hold `[start, end)`, which is not empty. */
export function segmentsOf({ start, end }: Passage): number[] {
  const first = Math.floor(start / SEGMENT)
  const last = Math.floor(Math.max(start, end - 1) / SEGMENT)
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
