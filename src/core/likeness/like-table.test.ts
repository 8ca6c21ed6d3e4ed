import { describe, expect, it } from 'vitest'
import { describeSaveable } from '../../adapters/saveable.suite.ts'
import { createRandom } from '../training/random.ts'
import { createLikeTable, type Like, type LikeTable } from './like-table.ts'
import { likenessOf, NEARLY_SAME, SKETCH, type Sketch } from './sketch.ts'

function sketch(seed: number): Sketch {
  const random = createRandom(seed)
  return Uint8Array.from({ length: SKETCH }, () => random.below(256))
}

/** A sketch that shares about `share` of its bytes with another one. */
function likeTo(other: Sketch, share: number, seed: number): Sketch {
  const random = createRandom(seed)
  return other.map(byte => (random.next() < share ? byte : random.below(256)))
}

/** All pairs. */
function slowNearest(sketches: ReadonlyMap<number, Sketch>, key: number): Like | undefined {
  const own = sketches.get(key)
  if (own === undefined) return undefined
  const likes = [...sketches].flatMap(([other, theirs]) => {
    const likeness = likenessOf(own, theirs)
    return other === key || likeness < NEARLY_SAME ? [] : [{ key: other, likeness }]
  })
  return likes.toSorted((a, b) => b.likeness - a.likeness || a.key - b.key)[0]
}

/** Families of about four. */
function families(count: number): Map<number, Sketch> {
  const heads = Array.from({ length: count / 4 }, (_, i) => sketch(i + 1))
  return new Map(
    Array.from({ length: count }, (_, i) => {
      const head = heads[i % heads.length] ?? sketch(0)
      return [i + 1, likeTo(head, 0.82 + (i % 7) / 40, 1000 + i)]
    }),
  )
}

function filled(sketches: ReadonlyMap<number, Sketch>): LikeTable {
  const table = createLikeTable()
  for (const [key, sketch] of sketches) table.add(key, sketch)
  return table
}

describe('a table of sketches', () => {
  it('finds what comparing all pairs finds', () => {
    const sketches = families(2000)
    const table = filled(sketches)
    const keys = [...sketches.keys()]
    const expected = keys.map(key => slowNearest(sketches, key))
    const wrong = keys.filter((key, i) => table.nearest(key)?.key !== expected[i]?.key)
    expect(expected.filter(like => like !== undefined).length).toBeGreaterThan(1000)
    // A pair at the threshold shares no band once in 600 times.
    expect(wrong.length).toBeLessThan(10)
  })

  it('finds it as well after others have gone and come', () => {
    const sketches = families(800)
    const table = filled(sketches)
    for (let key = 1; key <= 800; key += 3) {
      table.remove(key)
      sketches.delete(key)
    }
    for (let key = 2; key <= 800; key += 3) {
      const newer = likeTo(sketches.get(key + 1) ?? sketch(key), 0.95, key)
      table.add(key, newer)
      sketches.set(key, newer)
    }
    expect(table.keys().toSorted((a, b) => a - b)).toEqual([...sketches.keys()].toSorted((a, b) => a - b))
    const wrong = [...sketches.keys()].filter(
      key => table.nearest(key)?.key !== slowNearest(sketches, key)?.key,
    )
    expect(wrong.length).toBeLessThan(8)
  })

  it('keeps to what may be found, and finds nothing for what it has not', () => {
    const one = sketch(1)
    const table = filled(
      new Map([
        [1, one],
        [2, one],
        [3, likeTo(one, 0.95, 5)],
      ]),
    )
    expect(table.nearest(3)?.key).toBe(1)
    expect(table.nearest(3, key => key !== 1)?.key).toBe(2)
    expect(table.nearest(3, () => false)).toBeUndefined()
    expect(table.nearest(9)).toBeUndefined()
  })

  it('remembers what is too short to say, and finds nothing like it', () => {
    const table = createLikeTable()
    table.add(1, undefined)
    table.add(2, undefined)
    expect([table.has(1), table.nearest(1), table.areAlike(1, 2)]).toEqual([true, undefined, false])
  })

  it('says of two whether they are nearly the same', () => {
    const one = sketch(1)
    const table = filled(
      new Map([
        [1, one],
        [2, likeTo(one, 0.9, 2)],
        [3, likeTo(one, 0.5, 3)],
      ]),
    )
    expect([table.areAlike(1, 2), table.areAlike(1, 3), table.areAlike(1, 9)]).toEqual([true, false, false])
  })

  it('looks at a few of ten thousand that are all the same', () => {
    const one = sketch(1)
    const table = createLikeTable()
    let looked = 0
    for (let key = 1; key <= 10_000; key++) table.add(key, one)
    expect(table.nearest(10_000, () => looked++ >= 0)?.likeness).toBe(1)
    expect(looked).toBeLessThan(100)
  })
})

describeSaveable('a table of sketches', () => {
  const table = createLikeTable()
  const all = new Map<number, Sketch>()
  return {
    saveable: table.saveable,
    async fill(keys, round) {
      for (const key of keys) {
        const sketch = likeTo(
          families(8).get((key % 8) + 1) ?? new Uint8Array(SKETCH),
          0.9,
          key + 1000 * round,
        )
        all.set(key, sketch)
        table.add(key, key % 10 === 3 ? undefined : sketch)
      }
    },
    async remove(keys) {
      for (const key of keys) table.remove(key)
    },
    clear: async () => table.clear(),
    answers: async () =>
      table
        .keys()
        .toSorted((a, b) => a - b)
        .map(key => ({ key, like: table.nearest(key) })),
  }
})
