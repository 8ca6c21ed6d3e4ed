import { describe, expect, it } from 'vitest'
import { trainWindows } from './window-trainer.ts'
import type { WindowTask } from './window-trainer.ts'

/** Two worlds of words that never meet: pieces 0 to 9 and 10 to 19. */
function makeTask(threads: number): WindowTask {
  const texts = 400
  const length = 8
  const pieces = Uint16Array.from({ length: texts * length }, (_, i) => {
    const text = Math.floor(i / length)
    return (text % 2) * 10 + ((i * 7 + text * 3 + (i % length) ** 2) % 10)
  })
  return {
    vocabulary: 20,
    dimension: 16,
    threads,
    epochs: 8,
    seed: 1,
    rate: 0.3,
    strangersEach: 4,
    texts: { ids: pieces, offsets: Int32Array.from({ length: texts + 1 }, (_, i) => i * length) },
    choices: {
      keep: new Float32Array(20).fill(1),
      strangerList: Int32Array.from({ length: 20 }, (_, i) => i),
      reach: 4,
    },
    cuts: Int32Array.of(100, 200, 300, 400),
    longest: 1000,
  }
}

function dot(x: Float32Array, y: Float32Array): number {
  return x.reduce((sum, value, d) => sum + value * (y[d] ?? 0), 0)
}

function cosine(rows: Float32Array, a: number, b: number): number {
  const row = (id: number): Float32Array => rows.subarray(id * 16, (id + 1) * 16)
  return dot(row(a), row(b)) / Math.sqrt(dot(row(a), row(a)) * dot(row(b), row(b)))
}

describe('training on windows', () => {
  it.each([1, 2])('puts words together that stand together, on %i threads', async threads => {
    const losses: number[] = []
    const rows = await trainWindows(makeTask(threads), (_, __, loss) => losses.push(loss))
    expect(losses.at(-1)).toBeLessThan((losses[0] ?? 0) * 0.95)
    expect(cosine(rows, 1, 2)).toBeGreaterThan(cosine(rows, 1, 12) + 0.3)
  })

  it('gives the same numbers again', async () => {
    expect(await trainWindows(makeTask(2))).toEqual(await trainWindows(makeTask(2)))
  })
})
