import { mulberry32 } from '../collection-text.mjs'

/** Seeded chance. */
export interface Chance {
  /** From 0 up to 1. */
  next(): number
  /** A whole number from 0 to before `limit`. */
  below(limit: number): number
  pick<T>(list: readonly T[]): T
  /** True in this share of the cases. */
  is(share: number): boolean
}

export function createChance(seed: number): Chance {
  const next = mulberry32(seed)
  const below = (limit: number) => Math.floor(next() * limit)
  return {
    next,
    below,
    pick(list) {
      const one = list[below(list.length)]
      if (one === undefined) throw new Error('expected something to pick from, got an empty list')
      return one
    },
    is: share => next() < share,
  }
}
