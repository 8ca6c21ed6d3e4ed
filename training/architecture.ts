/** Which towers a run trains: sizes, and what the run does unless its flags say otherwise. */
import type { Tower } from '../src/core/ports/encoder.ts'
import type { BodyPlan } from '../src/core/training/training-shape.ts'
import { numberFlag } from './number-flags.ts'
import { RECIPE, RECURRENT } from './recipe.ts'

export interface Architecture {
  readonly body: BodyPlan
  readonly dimension: number
  readonly maxTokens: Readonly<Record<Tower, number>>
  readonly batch: number
  readonly steps: number
  readonly tableRate: number
  readonly work: string
  readonly out: string
}

const BAG: Architecture = {
  body: { kind: 'bag' },
  dimension: RECIPE.dimension,
  maxTokens: RECIPE.maxTokens,
  batch: RECIPE.batch,
  steps: RECIPE.steps,
  tableRate: RECIPE.tableRate,
  work: 'run/two-tower',
  out: 'public/models/belfry-two-tower',
}

const LARGEST_STATE = 1024

/** From `--body` and `--hidden`, which may be empty. @throws Error naming the flag, what was expected and what came. */
export function architectureOf(body: string, hidden: string): Architecture {
  if (body === 'bag') {
    if (hidden === '') return BAG
    throw new Error(`expected --hidden with --body gru only, got ${hidden} with bag`)
  }
  if (body !== 'gru') throw new Error(`expected bag or gru for --body, got ${body}`)
  return {
    body: { kind: 'gru', inputs: RECURRENT.inputs },
    dimension: hidden === '' ? RECURRENT.hidden : stateSize(hidden),
    maxTokens: RECURRENT.maxTokens,
    batch: RECURRENT.batch,
    steps: RECURRENT.steps,
    tableRate: RECURRENT.tableRate,
    work: 'run/recurrent',
    out: 'run/recurrent/model',
  }
}

function stateSize(value: string): number {
  const size = numberFlag('hidden', value, { least: 4, most: LARGEST_STATE, whole: true })
  if (size % 4 === 0) return size
  throw new Error(`expected a multiple of 4 for --hidden, got ${value}`)
}
