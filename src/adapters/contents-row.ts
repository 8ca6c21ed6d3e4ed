import type { DocumentContents, DocumentId, Passage } from '../core/document.ts'
import type { ContentsRow } from './idb-schema.ts'

/** Packs a document's words for storage: bounds as numbers, each heading trail once. */
export function packContents(id: DocumentId, contents: DocumentContents): ContentsRow {
  const bounds = new Uint32Array(contents.passages.length * 2)
  const trailOf = new Uint32Array(contents.passages.length)
  const trails: (readonly string[])[] = []
  const known = new Map<string, number>()
  for (const [i, passage] of contents.passages.entries()) {
    bounds[2 * i] = passage.start
    bounds[2 * i + 1] = passage.end
    const name = JSON.stringify(passage.trail)
    const number = known.get(name) ?? trails.push(passage.trail) - 1
    known.set(name, number)
    trailOf[i] = number
  }
  return { id, text: contents.text, bounds, trails, trailOf }
}

export function unpackContents(row: ContentsRow): DocumentContents {
  const passages: Passage[] = []
  for (let i = 0; i < row.trailOf.length; i++) {
    const [start, end, trail] = [row.bounds[2 * i], row.bounds[2 * i + 1], row.trails[row.trailOf[i] ?? -1]]
    if (start === undefined || end === undefined || trail === undefined) {
      throw new Error(`expected bounds and a trail for passage ${i} of ${row.id}, got a row without them`)
    }
    passages.push({ start, end, trail })
  }
  return { text: row.text, passages }
}
