import { describe, expect, it } from 'vitest'
import { keySetOf } from '../core/key-set.ts'
import type { Preparation, SearchPath, VectorIndex } from '../core/ports/vector-index.ts'
import { createExactVectorIndex } from './exact-vector-index.ts'
import { createPlannedVectorIndex } from './planned-vector-index.ts'
import { measureScanSpeed } from './scan-speed.ts'
import { clusteredRows, keysUpTo, rowsOf } from './seeded-vectors.ts'
import { describeVectorIndex, expectAgreement } from './vector-index.suite.ts'

const DIMENSION = 64
const COUNT = 3000

/** Ticks at each look, so that a slice of 0 ms does exactly one piece of work. */
function tickingClock(): () => number {
  let ticks = 0
  return () => ticks++
}

/** Follows its graph as soon as there is one. */
function create(threshold: number, dimension = DIMENSION): VectorIndex {
  return createPlannedVectorIndex({ dimension, now: tickingClock(), threshold, trusts: true })
}

async function tend(index: VectorIndex, milliseconds: number): Promise<Preparation> {
  const preparation = await index.tend?.(milliseconds)
  if (preparation === undefined) throw new Error('expected an index that can be tended')
  return preparation
}

async function tendToTheEnd(index: VectorIndex): Promise<Preparation> {
  for (;;) {
    const preparation = await tend(index, 1000)
    if (preparation.idle) return preparation
  }
}

/** Links whatever comes at once. */
function eager(index: VectorIndex): VectorIndex {
  return {
    ...index,
    async add(keys, vectors) {
      await index.add(keys, vectors)
      await tendToTheEnd(index)
    },
  }
}

describeVectorIndex({ name: 'the planned index', create: dimension => create(1000, dimension) })
describeVectorIndex({
  name: 'the planned index with a graph',
  create: dimension => eager(create(1, dimension)),
})

describe('the planned index', () => {
  it('scans as long as that is fast, and has nothing to prepare', async () => {
    const [index] = await pairOf(COUNT)
    expect(await tend(index, 0)).toEqual({ linked: 0, total: 0, threshold: COUNT, idle: true })
    const { path } = await index.search(rowsOf(1, DIMENSION, 1), 10)
    expect(path).toEqual({ kind: 'scan', compared: COUNT, among: COUNT, recall: 1, measuredOn: 0 })
  })

  it('scans while the graph is built, slice by slice, and follows it then', async () => {
    const [index, oracle] = await pairOf(1000)
    const query = rowsOf(1, DIMENSION, 1)
    for (let linked = 1; linked <= 20; linked++) {
      expect(await tend(index, 0)).toMatchObject({ linked, total: COUNT, idle: false })
      expect((await index.search(query, 10)).path.kind).toBe('scan')
      await expectAgreement(index, oracle, query, 10)
    }
    expect(await tendToTheEnd(index)).toMatchObject({ linked: COUNT, total: COUNT })
    const { path } = await index.search(query, 10)
    expect(path.kind).toBe('graph')
    expect(path.compared).toBeLessThan(COUNT)
  })

  it('finds nearly all through the graph, and measures how much', async () => {
    const [index, oracle] = await pairOf(1000)
    await tendToTheEnd(index)
    const queries = queriesOf(20)
    let found = 0
    for (const query of queries) {
      const truth = new Set((await oracle.search(query, 10)).keys)
      found += (await index.search(query, 10)).keys.filter(key => truth.has(key)).length
    }
    expect(found / 200).toBeGreaterThanOrEqual(0.95)
    await tendToTheEnd(index)
    const { path } = await index.search(queries[0] ?? new Float32Array(), 10)
    expect(path.measuredOn).toBe(20)
    expect(path.recall).toBeCloseTo(found / 200, 6)
  })

  it('scans until walks are wide enough to find nearly all, and follows the graph then', async () => {
    // Without a pattern the nearest of many dimensions are hardly nearer than the rest, which is hard for a graph.
    const [trusting, index] = [createHard(true), createHard(false)]
    for (const each of [trusting, index]) {
      await each.add(keysUpTo(4000), rowsOf(4000, 128, 5))
      await tendToTheEnd(each)
    }
    expect(new Set((await pathsOf(index)).map(({ kind }) => kind))).toEqual(new Set(['scan']))
    await tendToTheEnd(index)
    const [narrow, wide] = [await pathsOf(trusting), await pathsOf(index)]
    expect(new Set(wide.map(({ kind }) => kind))).toEqual(new Set(['graph']))
    expect(compared(wide)).toBeGreaterThan(compared(narrow))
    expect(wide[0]?.recall).toBeGreaterThanOrEqual(0.98)
  })

  it('finds what was added after the graph at once, and links it later', async () => {
    const [index, oracle] = await pairOf(1000)
    await tendToTheEnd(index)
    const later = rowsOf(100, DIMENSION, 9)
    const keys = keysUpTo(100).map(key => key + COUNT)
    await Promise.all([index.add(keys, later), oracle.add(keys, later)])
    for (let i = 0; i < 100; i += 10) {
      const { keys: found, path } = await index.search(later.slice(i * DIMENSION, (i + 1) * DIMENSION), 1)
      expect(found[0]).toBe(COUNT + i)
      expect(path.kind).toBe('graph')
    }
    expect(await tend(index, 0)).toMatchObject({ total: COUNT + 100, idle: false })
    expect(await tendToTheEnd(index)).toMatchObject({ linked: COUNT + 100 })
  })

  it('is right through changes in the midst of building', async () => {
    const [index, oracle] = await pairOf(1000)
    for (let round = 0; round < 12; round++) {
      await tend(index, 400)
      const gone = keysUpTo(50).map(key => (key * 37 + round * 11) % COUNT)
      const added = keysUpTo(60).map(key => key + 5000 + round * 60)
      const rows = rowsOf(60, DIMENSION, round)
      for (const each of [index, oracle]) {
        await each.remove(gone)
        await each.add(added, rows)
      }
      expect([...(await index.keys())]).toEqual([...(await oracle.keys())])
    }
    await tendToTheEnd(index)
    expect(await recallOf(index, oracle)).toBeGreaterThanOrEqual(0.95)
  })

  it('scans behind a selective filter, and follows the graph behind a loose one', async () => {
    const [index, oracle] = await pairOf(1000)
    await tendToTheEnd(index)
    const query = queriesOf(1)[0] ?? new Float32Array()
    const narrow = keySetOf(keysUpTo(COUNT).filter(key => key % 10 === 0))
    const loose = keySetOf(keysUpTo(COUNT).filter(key => key % 10 !== 0))
    expect((await index.search(query, 10, narrow)).path).toMatchObject({ kind: 'scan', compared: 300 })
    await expectAgreement(index, oracle, query, 10, narrow)
    const { keys, path } = await index.search(query, 10, loose)
    expect(path).toMatchObject({ kind: 'graph', among: 2700 })
    const truth = new Set((await oracle.search(query, 10, loose)).keys)
    expect(keys.filter(key => truth.has(key)).length).toBeGreaterThanOrEqual(9)
  })

  it('drops the graph when most vectors go, and scans what is left', async () => {
    const [index, oracle] = await pairOf(1000)
    await tendToTheEnd(index)
    const gone = keysUpTo(COUNT).filter(key => key % 4 !== 0)
    await Promise.all([index.remove(gone), oracle.remove(gone)])
    expect(await tend(index, 0)).toMatchObject({ linked: 0, total: 0, idle: true })
    await expectAgreement(index, oracle, queriesOf(1)[0] ?? new Float32Array(), 100)
  })
})

describe('the speed of a scan', () => {
  it('is a number of nanoseconds, also where the clock stands still', () => {
    expect(measureScanSpeed(64, () => performance.now())).toBeGreaterThan(0)
    expect(measureScanSpeed(64, () => 0)).toBeGreaterThan(0)
  })
})

/** For vectors without a pattern. */
function createHard(trusts: boolean): VectorIndex {
  return createPlannedVectorIndex({ dimension: 128, now: tickingClock(), threshold: 100, trusts })
}

function pathsOf(index: VectorIndex): Promise<SearchPath[]> {
  return Promise.all(
    Array.from({ length: 20 }, async (_, i) => (await index.search(rowsOf(1, 128, 100 + i), 10)).path),
  )
}

function compared(paths: readonly SearchPath[]): number {
  return paths.reduce((sum, path) => sum + (path.compared ?? 0), 0)
}

async function pairOf(threshold: number): Promise<[VectorIndex, VectorIndex]> {
  const rows = clusteredRows(COUNT, DIMENSION, { clusters: 60, seed: 2 })
  const [index, oracle] = [create(threshold), createExactVectorIndex(DIMENSION)]
  await Promise.all([index.add(keysUpTo(COUNT), rows), oracle.add(keysUpTo(COUNT), rows)])
  return [index, oracle]
}

function queriesOf(count: number): Float32Array[] {
  const rows = clusteredRows(COUNT + count, DIMENSION, { clusters: 60, seed: 2 })
  return Array.from({ length: count }, (_, i) =>
    rows.slice((COUNT + i) * DIMENSION, (COUNT + i + 1) * DIMENSION),
  )
}

async function recallOf(index: VectorIndex, oracle: VectorIndex): Promise<number> {
  let found = 0
  for (const query of queriesOf(30)) {
    const truth = new Set((await oracle.search(query, 10)).keys)
    found += (await index.search(query, 10)).keys.filter(key => truth.has(key)).length
  }
  return found / 300
}
