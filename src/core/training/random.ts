/** A seeded stream of numbers: the same seed, the same stream, on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Whole, uniform in [0, limit). */
  below(limit: number): number
  /** Normal, mean 0, deviation 1. */
  normal(): number
  shuffle<T extends { length: number; [index: number]: unknown }>(items: T): T
  /** Another stream, which goes on as this one does. */
  copy(): Random
  /** Where the stream stands: `resume` goes on from there. */
  state(): number
  resume(state: number): void
}

/** Mulberry32 (Tommy Ettinger, public domain). */
export function createRandom(seed: number): Random {
  let state = seed >>> 0
  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
  const below = (limit: number): number => Math.floor(next() * limit)
  return {
    next,
    below,
    normal: () => Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next()),
    shuffle(items) {
      for (let i = items.length - 1; i > 0; i--) {
        const j = below(i + 1)
        const kept = items[i]
        items[i] = items[j]
        items[j] = kept
      }
      return items
    },
    copy: () => createRandom(state),
    state: () => state,
    resume(saved) {
      state = saved >>> 0
    },
  }
}
