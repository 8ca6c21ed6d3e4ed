import { SKETCH, type Sketch } from './sketch.ts'

/**
 * Sketches are looked up by bands of bytes: two that agree in all bytes of one band are compared (Leskovec, Rajaraman and
 * Ullman, “Mining of Massive Datasets”, 3.4). Of those that share 0.75, 24 bands of 5 find 99.8 %.
 */
export const BANDS = 24
const ROWS = SKETCH / BANDS

/** Links followed in one band: where hundreds have it in common, any of them will do. */
const MOST_FOLLOWED = 64
const NONE = -1

/** Chains of rows that have a band in common, in typed arrays: 100,000 rows take 18 MB. */
export interface Bands {
  /** @param row The next one: rows are added in order and never twice. */
  add(row: number): void
  /** Calls `visit` with rows that have a band in common with `sketch`, newest first, each at least once. */
  near(sketch: Sketch, visit: (row: number) => void): void
}

/** @param sketchAt The bytes of a row's sketch; @param capacity how many rows there will be at most. */
export function createBands(capacity: number, sketches: Uint8Array): Bands {
  const size = 2 ** Math.ceil(Math.log2(Math.max(16, capacity * BANDS)))
  const heads = new Int32Array(size).fill(NONE)
  const next = new Int32Array(capacity * BANDS)

  function chainOf(bytes: Uint8Array, start: number, band: number): number {
    let hash = band
    for (let i = start; i < start + ROWS; i++) hash = Math.imul(hash ^ (bytes[i] as number), 0x9e3779b1)
    return (hash ^ (hash >>> 15)) & (size - 1)
  }

  function agrees(entry: number, sketch: Sketch, start: number): boolean {
    for (let i = 0; i < ROWS; i++) if (sketches[entry * ROWS + i] !== sketch[start + i]) return false
    return true
  }

  return {
    add(row) {
      for (let band = 0; band < BANDS; band++) {
        const entry = row * BANDS + band
        const chain = chainOf(sketches, entry * ROWS, band)
        next[entry] = heads[chain] as number
        heads[chain] = entry
      }
    },
    near(sketch, visit) {
      for (let band = 0; band < BANDS; band++) {
        let entry = heads[chainOf(sketch, band * ROWS, band)] as number
        for (let followed = 0; entry !== NONE && followed < MOST_FOLLOWED; followed++) {
          if (entry % BANDS === band && agrees(entry, sketch, band * ROWS)) visit(Math.floor(entry / BANDS))
          entry = next[entry] as number
        }
      }
    },
  }
}
