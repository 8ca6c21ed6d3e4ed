/** What a batch of events shares while it is reduced. */
export interface Batch {
  /** When the batch arrived, in milliseconds since the epoch. */
  readonly at: number
  /** A map that may be written: the given one when this batch made it, a copy of it otherwise. */
  own<K, V>(map: ReadonlyMap<K, V>): Map<K, V>
}

/** One copy of a map per batch and not per event: a copy per event is quadratic when 10,000 files arrive. */
export function createBatch(at: number): Batch {
  const mine = new WeakSet<object>()
  return {
    at,
    own<K, V>(map: ReadonlyMap<K, V>): Map<K, V> {
      if (mine.has(map)) return map as Map<K, V>
      const copy = new Map(map)
      mine.add(copy)
      return copy
    },
  }
}
