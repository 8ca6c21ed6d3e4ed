import { describe, expect, it } from 'vitest'
import { createMemoryVectorServer } from '../adapters/memory-vector-server.ts'
import type { RemoteCollection, VectorServer } from '../core/ports/vector-server.ts'
import { createRandom } from '../core/training/random.ts'
import { VectorServerError } from '../core/vector-server-error.ts'
import { runScenario } from './sync-scenario.suite.ts'

/** A server that takes its time, so that calls of several devices interleave, and that fails now and then. */
function createUnreliable(server: VectorServer, seed: number, isDown: () => boolean): VectorServer {
  const random = createRandom(seed)
  const fail = () => {
    if (isDown() && random.next() < 0.15) throw new VectorServerError('network', 'The server was killed.')
  }
  const slow = <Args extends unknown[], Result>(call: (...args: Args) => Promise<Result>) => {
    return async (...args: Args): Promise<Result> => {
      fail()
      for (let ticks = random.below(20); ticks > 0; ticks--) await Promise.resolve()
      const result = await call(...args)
      for (let ticks = random.below(20); ticks > 0; ticks--) await Promise.resolve()
      // What it did is done, and nobody hears of it.
      fail()
      return result
    }
  }
  const wrap = (collection: RemoteCollection): RemoteCollection => ({
    ...collection,
    upsert: slow(collection.upsert),
    get: slow(collection.get),
    find: slow(collection.find),
    remove: slow(collection.remove),
  })
  return {
    ...server,
    now: slow(server.now),
    openCollection: async (wanted, signal) => wrap(await server.openCollection(wanted, signal)),
  }
}

describe('three devices with wrong clocks and a server that fails', () => {
  it.each(Array.from({ length: 30 }, (_, i) => i + 1))(
    'come to hold the same, and lose nothing: seed %i',
    async seed => {
      const server = createMemoryVectorServer({ pageSize: 5 })
      let down = false
      const report = await runScenario({
        connect: () => createUnreliable(server, seed, () => down),
        collection: 'notes',
        seed,
        rounds: 15,
        documents: 12,
        overlap: 600,
        disturb: async round => {
          down = round < 14 && round % 3 !== 0
        },
      })
      expect(report.wrong).toEqual([])
      expect(report.edits).toBeGreaterThan(50)
      expect(report.failed).toBeGreaterThan(0)
      expect(report.copies).toBeGreaterThan(0)
    },
  )
})
