/** Users who know what they want: they open what they prefer among what they are shown, and sometimes anything. */
import type { Candidate } from '../src/core/training/choice.ts'
import { correctRows, identityCorrection } from '../src/core/training/correction.ts'
import type { Look } from '../src/core/training/look.ts'
import type { Random } from '../src/core/training/random.ts'
import { dotProduct, normalised } from '../src/core/vector.ts'

/** Queries and documents about the same topics. */
export interface SimulatedWorld {
  readonly documents: readonly Candidate[]
  /** A fresh query. */
  ask(): Float32Array
}

export function simulateWorld(
  dimension: number,
  topics: number,
  size: number,
  random: Random,
): SimulatedWorld {
  const centres = Array.from({ length: topics }, () => unit(dimension, random))
  const about = (noise: number): Float32Array => {
    const centre = centres[random.below(topics)] ?? new Float32Array(dimension)
    const other = unit(dimension, random)
    return normalised(centre.map((value, i) => value + noise * (other[i] ?? 0)))
  }
  const documents = Array.from({ length: size }, (_, id) => ({ id, vector: about(0.8) }))
  return { documents, ask: () => about(0.6) }
}

/** A preference that the model lacks: who asks for one thing means another as well, here and there. */
export function simulatePreference(
  world: SimulatedWorld,
  directions: number,
  strength: number,
  random: Random,
): Float32Array {
  const dimension = world.ask().length
  const matrix = identityCorrection(dimension)
  for (let n = 0; n < directions; n++) {
    const said = world.ask()
    const meant = world.documents[random.below(world.documents.length)]?.vector ?? said
    for (let i = 0; i < dimension; i++) {
      for (let j = 0; j < dimension; j++) {
        const at = i * dimension + j
        matrix[at] = (matrix[at] ?? 0) + strength * (meant[i] ?? 0) * (said[j] ?? 0)
      }
    }
  }
  return matrix
}

export interface Habits {
  /** `undefined` opens anything with the same chance. */
  readonly preference: Float32Array | undefined
  /** Share of the looks that open anything. */
  readonly careless: number
}

/** Looks at the ten nearest documents of fresh queries, nearest first. */
export function simulateLooks(world: SimulatedWorld, count: number, habits: Habits, random: Random): Look[] {
  return Array.from({ length: count }, (_, group) => {
    const query = world.ask()
    const shown = nearest(world.documents, query, 10)
    const { preference, careless } = habits
    if (preference === undefined || random.next() < careless) {
      return { query, shown, group, opened: random.below(shown.length) }
    }
    const [best] = nearest(shown, correctRows(preference, query), 1)
    return { query, shown, group, opened: shown.findIndex(({ id }) => id === best?.id) }
  })
}

/** The best `count` by cosine, best first. */
export function nearest(documents: readonly Candidate[], query: Float32Array, count: number): Candidate[] {
  return documents
    .map(document => ({ document, score: dotProduct(document.vector, query) }))
    .toSorted((a, b) => b.score - a.score)
    .slice(0, count)
    .map(({ document }) => document)
}

function unit(dimension: number, random: Random): Float32Array {
  return normalised(Float32Array.from({ length: dimension }, () => random.normal()))
}
