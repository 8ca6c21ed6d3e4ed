import type { LibraryDocument } from './document.ts'

/** How an index stands to the library. */
export interface KeyComparison {
  /** Keys that no document has, ascending. */
  readonly gone: Uint32Array
  /** Documents that the index has all keys of. */
  readonly complete: ReadonlySet<LibraryDocument>
}

/**
 * @param documents By first key, ascending; no two share a key.
 * @param keys Of the index, ascending.
 */
export function compareKeys(documents: readonly LibraryDocument[], keys: Uint32Array): KeyComparison {
  const gone: number[] = []
  const complete = new Set<LibraryDocument>()
  let at = 0
  for (const document of documents) {
    const { firstKey, passageCount } = document
    for (; at < keys.length && (keys[at] as number) < firstKey; at++) gone.push(keys[at] as number)
    const first = at
    while (at < keys.length && (keys[at] as number) < firstKey + passageCount) at++
    if (at - first === passageCount) complete.add(document)
  }
  return { gone: Uint32Array.from([...gone, ...keys.subarray(at)]), complete }
}
