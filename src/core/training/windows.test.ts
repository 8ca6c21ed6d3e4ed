import { describe, expect, it } from 'vitest'
import { createRandom } from './random.ts'
import type { WindowBatch } from './window-kernels.ts'
import { keepChances, sampleWindows, strangersByCount } from './windows.ts'

function makeBatch(room: number): WindowBatch {
  return {
    ids: new Int32Array(room),
    starts: new Int32Array(room),
    ends: new Int32Array(room),
    strangers: new Int32Array(2 * room),
    strangersEach: 2,
    count: 0,
  }
}

const TEXTS = { ids: Uint16Array.of(1, 2, 3, 4, 1, 2, 1), offsets: Int32Array.of(0, 4, 6, 7) }
const ALL = { first: 0, last: 3 }

describe('windows', () => {
  it('stay within a text and within reach', () => {
    const batch = makeBatch(10)
    const choices = { keep: new Float32Array(5).fill(1), strangerList: Int32Array.of(4), reach: 2 }
    sampleWindows(TEXTS, ALL, choices, createRandom(1), batch)
    expect([...batch.ids.subarray(0, batch.count)]).toEqual([...TEXTS.ids])
    const bounds = [0, 0, 0, 0, 4, 4, 6]
    const ends = [4, 4, 4, 4, 6, 6, 7]
    for (let i = 0; i < batch.count; i++) {
      const [start = 0, end = 0] = [batch.starts[i], batch.ends[i]]
      expect(start).toBe(Math.max(bounds[i] ?? 0, start))
      expect(end).toBe(Math.min(ends[i] ?? 0, end))
      expect(i - start).toBeLessThanOrEqual(2)
      expect(end - 1 - i).toBeLessThanOrEqual(2)
    }
    expect(batch.strangers.subarray(0, 14).every(id => id === 4)).toBe(true)
  })

  it('close over pieces that are left out', () => {
    const batch = makeBatch(10)
    const choices = {
      keep: Float32Array.of(1, 1, 0, 1, 1),
      strangerList: Int32Array.of(1),
      reach: 1,
    }
    sampleWindows(TEXTS, ALL, choices, createRandom(1), batch)
    expect([...batch.ids.subarray(0, batch.count)]).toEqual([1, 3, 4, 1, 1])
    expect([batch.starts[0], batch.ends[0]]).toEqual([0, 2])
  })

  it('stop where the batch is full', () => {
    const batch = makeBatch(3)
    const choices = { keep: new Float32Array(5).fill(1), strangerList: Int32Array.of(4), reach: 2 }
    sampleWindows(TEXTS, ALL, choices, createRandom(1), batch)
    expect(batch.count).toBe(3)
  })
})

describe('chances', () => {
  it('are one for rare pieces and fall with the share of the others', () => {
    const [rare = 0, some = 0, most = 0] = keepChances(Float64Array.of(1, 999, 99_000), 1e-3)
    expect(rare).toBe(1)
    expect(some).toBeLessThan(0.5)
    expect(most).toBeLessThan(some)
  })

  it('draw strangers by the power of 0.75 of their counts', () => {
    const list = strangersByCount(Float64Array.of(0, 1, 16), 900)
    expect(list.filter(id => id === 0).length).toBe(0)
    expect(list.filter(id => id === 1).length).toBe(100)
    expect(list.filter(id => id === 2).length).toBe(800)
  })
})
