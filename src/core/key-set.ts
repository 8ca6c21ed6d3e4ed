/** Keys as a bitmap: what a filter has chosen. Cloneable. */
export interface KeySet {
  /** Key `k` is bit `k % 32` of word `k >>> 5`; keys beyond the last word are not in the set. */
  readonly words: Uint32Array
  /** How many keys there are. */
  readonly size: number
}

/** `keys` may come in any order, and more than once. Takes as many bits as the largest key, so keys should be small. */
export function keySetOf(keys: Uint32Array): KeySet {
  const largest = keys.reduce((most, key) => Math.max(most, key), -1)
  const words = new Uint32Array((largest + 1 + 31) >>> 5)
  let size = 0
  for (const key of keys) {
    const word = words[key >>> 5] as number
    const bit = 1 << (key & 31)
    if ((word & bit) !== 0) continue
    words[key >>> 5] = word | bit
    size++
  }
  return { words, size }
}

export function hasKey({ words }: KeySet, key: number): boolean {
  return (((words[key >>> 5] ?? 0) >>> (key & 31)) & 1) === 1
}

/** Calls `visit` for each key, ascending. */
export function forEachKey({ words }: KeySet, visit: (key: number) => void): void {
  for (let at = 0; at < words.length; at++) {
    for (let left = words[at] as number; left !== 0; left &= left - 1) {
      visit(32 * at + (31 - Math.clz32(left & -left)))
    }
  }
}
