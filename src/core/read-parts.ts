import type { SavedPart } from './snapshot.ts'

/** Parts under way at once: a store takes longer to answer than to give. */
const AHEAD = 8

/** Reads parts in their order, the next ones while the present one is worked on. @throws what a part throws, in its turn. */
export async function* readParts(
  parts: readonly SavedPart[],
  ahead = AHEAD,
): AsyncGenerator<{ readonly part: SavedPart; readonly bytes: Uint8Array<ArrayBuffer> }> {
  const reading: Promise<Uint8Array<ArrayBuffer>>[] = []
  for (const [i, part] of parts.entries()) {
    for (const next of parts.slice(i + reading.length, i + ahead)) reading.push(startedEarly(next.read()))
    const bytes = await reading.shift()
    if (bytes !== undefined) yield { part, bytes }
  }
}

/** A failure is told when its turn comes; nobody listens before. */
function startedEarly<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined)
  return promise
}
