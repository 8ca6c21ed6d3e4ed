/** Past queries, a fair sample of them, and how much of the truth walks found for each. */
import type { KeySet } from '../core/key-set.ts'
import { createRandom } from '../core/training/random.ts'
import { meanOf } from '../core/search-plan.ts'

export interface WalkSample {
  readonly query: Float32Array
  readonly wanted: number
  readonly filter: KeySet | undefined
}

export interface WalkSamples {
  /** Every query so far has the same chance to be among those kept. */
  offer(sample: WalkSample): void
  /** One whose recall is not known yet. */
  unmeasured(): WalkSample | undefined
  settle(sample: WalkSample, recall: number): void
  /** Forgets what was measured and keeps the queries. */
  startOver(): void
  recalls(): number[]
  /** Mean over the queries measured; `undefined` while there is none. */
  recall(): number | undefined
}

const KEPT = 32

/** The same seed, the same choice among the same queries. Reservoir sampling (Vitter, 1985, algorithm R). */
export function createWalkSamples(seed: number): WalkSamples {
  const random = createRandom(seed)
  const kept: WalkSample[] = []
  const recallOf = new Map<WalkSample, number>()
  let offered = 0

  const recalls = () => kept.flatMap(sample => recallOf.get(sample) ?? [])
  return {
    offer(sample) {
      offered++
      const place = kept.length < KEPT ? kept.length : random.below(offered)
      if (place >= KEPT) return
      const previous = kept[place]
      if (previous !== undefined) recallOf.delete(previous)
      kept[place] = { ...sample, query: sample.query.slice() }
    },
    unmeasured: () => kept.find(sample => !recallOf.has(sample)),
    settle(sample, recall) {
      if (kept.includes(sample)) recallOf.set(sample, recall)
    },
    startOver: () => recallOf.clear(),
    recalls,
    recall: () => (recallOf.size === 0 ? undefined : meanOf(recalls())),
  }
}
