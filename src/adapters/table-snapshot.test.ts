import { describe, expect, it } from 'vitest'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import type { SavedPart } from '../core/snapshot.ts'
import { createPlannedVectorIndex } from './planned-vector-index.ts'
import { describeSaveable } from './saveable.suite.ts'
import { keysUpTo, rowsOf } from './seeded-vectors.ts'

const DIMENSION = 16

function create(threshold: number): VectorIndex {
  let ticks = 0
  return createPlannedVectorIndex({ dimension: DIMENSION, now: () => ticks++, threshold })
}

/** Follows the links at once where there are any. */
function subject(threshold: number) {
  const index = create(threshold)
  const { saveable } = index
  if (saveable === undefined) throw new Error('expected an index that can be saved')
  const tend = async () => {
    while ((await index.tend?.(1000))?.idle === false);
  }
  return {
    saveable,
    async fill(keys: Uint32Array, round: number) {
      for (const key of keys) await index.add(Uint32Array.of(key), rowsOf(1, DIMENSION, key + 1000 * round))
      await tend()
    },
    remove: (keys: Uint32Array) => index.remove(keys),
    clear: () => index.clear(),
    async answers() {
      const queries = [1, 2, 3].map(seed => rowsOf(1, DIMENSION, seed))
      const found = await Promise.all(queries.map(query => index.search(query, 5)))
      return { keys: await index.keys(), found: found.map(({ keys, scores }) => ({ keys, scores })) }
    },
  }
}

describeSaveable('a table of vectors', () => subject(1_000_000))
describeSaveable('a table of vectors with a graph', () => subject(1))

describe('a saved table', () => {
  it('brings its graph along, and changes few of its parts with a few more vectors', async () => {
    const index = create(1)
    await index.add(keysUpTo(3000), rowsOf(3000, DIMENSION, 1))
    while ((await index.tend?.(1000))?.idle === false);
    const saved = await savedParts(index)
    const restored = create(1)
    await restored.saveable?.restore(saved)
    const query = rowsOf(1, DIMENSION, 7)
    expect(await restored.tend?.(0)).toMatchObject({ linked: 3000, total: 3000 })
    expect((await restored.search(query, 10)).keys).toEqual((await index.search(query, 10)).keys)
    await restored.add(Uint32Array.of(5000), rowsOf(1, DIMENSION, 2))
    const parts = (await restored.saveable?.parts()) ?? []
    const before = new Map(saved.map(({ name, version }) => [name, version]))
    const changed = parts.filter(({ name, version }) => before.get(name) !== version)
    expect(changed.map(({ name }) => name)).toEqual(['table', 'rows 2'])
  })

  it('is refused when its links lead out of the graph', async () => {
    const index = create(1)
    await index.add(keysUpTo(50), rowsOf(50, DIMENSION, 1))
    while ((await index.tend?.(1000))?.idle === false);
    const saved = await savedParts(index)
    const links = saved.find(({ name }) => name === 'links 0')
    const bytes = (await links?.read()) ?? new Uint8Array()
    // Behind the levels and places of 1,024 slots: how many neighbours the first one has, and the first of them.
    for (const [at, value] of [
      [3072, 33],
      [3076, 50],
    ] as const) {
      const damaged = bytes.slice()
      damaged[at] = value
      const read = async () => damaged
      const parts = saved.map(part => (part === links ? { ...part, read } : part))
      await expect(create(1).saveable?.restore(parts)).rejects.toThrow('links that lead out of it')
    }
  })

  it('has no links while its graph is not complete', async () => {
    const index = create(1)
    await index.add(keysUpTo(50), rowsOf(50, DIMENSION, 1))
    await index.tend?.(0)
    expect((await savedParts(index)).map(({ name }) => name)).toEqual(['table', 'rows 0'])
  })
})

async function savedParts({ saveable }: VectorIndex): Promise<SavedPart[]> {
  const parts = (await saveable?.parts()) ?? []
  return Promise.all(
    parts.map(async part => {
      const bytes = await saveable?.readPart(part.name)
      return { ...part, read: async () => bytes ?? new Uint8Array() }
    }),
  )
}
