import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChroma, startChroma } from '../../tools/chroma-server.mjs'
import { DEFAULT_DATABASE, DEFAULT_TENANT } from '../adapters/chroma/chroma-address.ts'
import { createChromaClient } from '../adapters/chroma/chroma-client.ts'
import { createRandom } from '../core/training/random.ts'
import { runScenario } from './sync-scenario.suite.ts'

/** How many random runs; `node tools/sync-seeds.mjs 50` makes more of them than there is time for in every test. */
const SEEDS = Number(process.env['SYNC_SEEDS'] ?? 3)

describe.skipIf(!hasChroma())('three devices and a Chroma server that is killed', () => {
  let chroma: Awaited<ReturnType<typeof startChroma>>
  let first: typeof chroma
  let kills = 0

  beforeAll(async () => {
    chroma = await startChroma()
    first = chroma
  })
  afterAll(async () => {
    await chroma.stop()
    await first.stop()
  })

  const connect = () =>
    createChromaClient(
      {
        server: first.url,
        tenant: DEFAULT_TENANT,
        database: DEFAULT_DATABASE,
        credential: { kind: 'none' },
      },
      { timeout: 5000, retries: 1, rest: () => sleep(5) },
    )

  /** While writes are under way, at any moment of them. */
  async function kill(): Promise<void> {
    kills++
    await chroma.kill()
    const { folder, port } = first
    const next = await startChroma({ folder, port })
    if (chroma !== first) await chroma.stop()
    chroma = next
  }

  it.each(Array.from({ length: SEEDS }, (_, i) => i + 1))(
    'come to hold the same, and lose nothing: seed %i',
    async seed => {
      const random = createRandom(seed)
      const before = kills
      const report = await runScenario({
        connect,
        collection: `seed-${seed}`,
        seed,
        rounds: 10,
        documents: 15,
        overlap: 10,
        disturb: async round => {
          if (round % 3 !== 1) return
          await sleep(random.below(60))
          await kill()
        },
      })
      expect(report.wrong).toEqual([])
      expect(report.edits).toBeGreaterThan(40)
      expect(kills).toBeGreaterThan(before)
    },
    60_000,
  )
})
