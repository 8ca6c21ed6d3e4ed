/** The best few of many scored keys, with one rule for ties: the smaller key first. */
import type { Neighbours } from '../ports/vector-index.ts'

export interface BestKeys {
  offer(key: number, score: number): void
  /** What an offer must reach now: less is refused, and as much is taken for a smaller key only. */
  threshold(): number
  /** Best first. Ends the collection: offer nothing afterwards. */
  take(): Neighbours
}

/**
 * Collects at most `limit` keys in a heap whose root is the worst of them; each `offer` costs O(log limit) at most.
 * Scores are compared as the 32-bit floats that come out, so that a tie is what the reader sees as one.
 */
export function collectBest(limit: number): BestKeys {
  let keys = new Uint32Array(Math.min(limit, 128))
  let scores = new Float32Array(keys.length)
  let size = 0

  return {
    offer(key, score) {
      const rounded = Math.fround(score)
      if (size < limit) {
        if (size === keys.length) grow()
        size++
        return rise(size - 1, key, rounded)
      }
      if (size > 0 && isWorse(scores[0] as number, keys[0] as number, rounded, key)) sink(key, rounded)
    },

    threshold() {
      if (limit === 0) return Infinity
      return size < limit ? -Infinity : (scores[0] as number)
    },

    take() {
      const best = { keys: new Uint32Array(size), scores: new Float32Array(size) }
      for (let rank = size - 1; rank >= 0; rank--) {
        best.keys[rank] = keys[0] as number
        best.scores[rank] = scores[0] as number
        size = rank
        sink(keys[rank] as number, scores[rank] as number)
      }
      return best
    },
  }

  /** Puts the entry where place `at` is free, or above it. */
  function rise(at: number, key: number, score: number): void {
    let place = at
    while (place > 0) {
      const parent = (place - 1) >> 1
      if (!isWorse(score, key, scores[parent] as number, keys[parent] as number)) break
      move(parent, place)
      place = parent
    }
    put(place, key, score)
  }

  /** Puts the entry where the root is free, or below it. */
  function sink(key: number, score: number): void {
    let place = 0
    for (;;) {
      let child = 2 * place + 1
      if (child >= size) break
      if (child + 1 < size && isWorseAt(child + 1, child)) child++
      if (!isWorse(scores[child] as number, keys[child] as number, score, key)) break
      move(child, place)
      place = child
    }
    put(place, key, score)
  }

  function isWorseAt(a: number, b: number): boolean {
    return isWorse(scores[a] as number, keys[a] as number, scores[b] as number, keys[b] as number)
  }

  function move(from: number, to: number): void {
    put(to, keys[from] as number, scores[from] as number)
  }

  function put(place: number, key: number, score: number): void {
    keys[place] = key
    scores[place] = score
  }

  function grow(): void {
    const length = Math.min(limit, keys.length * 2)
    const olderKeys = keys
    const olderScores = scores
    keys = new Uint32Array(length)
    scores = new Float32Array(length)
    keys.set(olderKeys)
    scores.set(olderScores)
  }
}

function isWorse(score: number, key: number, otherScore: number, otherKey: number): boolean {
  return score < otherScore || (score === otherScore && key > otherKey)
}
