import type { SpaceId } from '../core/document.ts'
import { termsOf } from '../core/lexical/tokenise.ts'
import type { Encoder } from '../core/ports/encoder.ts'

const DIMENSION = 64

/**
 * An encoder without a model: each word is hashed to one of 64 directions. Deterministic and instant; it knows words
 * and no meanings, so it serves tests and nothing else.
 */
export function createHashEncoder(space = 'hash-64'): Encoder {
  return {
    info: async () => ({
      modelName: 'Hashed words',
      space: space as SpaceId,
      queryTower: space,
      dimension: DIMENSION,
      backend: 'wasm',
      threads: 1,
      fusionWeight: 0.5,
      strength: { strong: 0.6, fair: 0.3 },
    }),
    async encode(texts) {
      const rows = new Float32Array(texts.length * DIMENSION)
      texts.forEach((text, row) => {
        fill(rows.subarray(row * DIMENSION, (row + 1) * DIMENSION), text)
      })
      return rows
    },
  }
}

function fill(row: Float32Array, text: string): void {
  for (const term of termsOf(text)) {
    const direction = hash(term) % DIMENSION
    row[direction] = (row[direction] ?? 0) + 1
  }
  // A text without words points somewhere, too.
  if (row.every(value => value === 0)) row[0] = 1
  const length = Math.hypot(...row)
  row.forEach((value, i) => {
    row[i] = value / length
  })
}

/** FNV-1a, 32 bits (Fowler, Noll and Vo). */
function hash(text: string): number {
  let state = 0x811c9dc5
  for (let i = 0; i < text.length; i++) state = Math.imul(state ^ text.charCodeAt(i), 0x01000193)
  return state >>> 0
}
