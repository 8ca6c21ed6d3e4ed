/**
 * Matryoshka representation learning (Kusupati et al. 2022): the first numbers of an embedding, scaled to length 1 anew, are
 * to be an embedding as well. The loss of each prefix is added to that of the whole, all with weight 1, as published.
 */
import type { Tower } from '../ports/encoder.ts'
import type { Range } from './kernels.ts'
import type { Loss, ScoredSides } from './scores.ts'
import { shareOf } from './thread.ts'
import { SIDES } from './tower-state.ts'
import type { TrainingState } from './tower-state.ts'
import { normaliseGradient, normaliseRows } from './unit-rows.ts'

export function withPrefixes(loss: Loss, prefixes: readonly number[]): Loss {
  return (state, thread, whole, sharpness) => {
    const own = {
      query: shareOf(whole.queries, thread.share),
      document: shareOf(whole.documents, thread.share),
    }
    let sum = loss(state, thread, whole, sharpness)
    for (const width of prefixes) {
      takePrefixes(state, whole, width, own)
      thread.barrier.wait()
      sum += loss(state, thread, prefixSides(state, whole, width), sharpness)
      addGradients(state, whole, width, own)
      // Nobody may take the next prefixes while another still reads these.
      thread.barrier.wait()
    }
    return sum
  }
}

type Own = Readonly<Record<Tower, Range>>

function prefixSides({ prefixes }: TrainingState, whole: ScoredSides, width: number): ScoredSides {
  return { ...whole, width, query: prefixes.query, document: prefixes.document }
}

function takePrefixes(state: TrainingState, whole: ScoredSides, width: number, own: Own): void {
  for (const side of SIDES) {
    const { rows, lengths } = state.prefixes[side]
    const from = whole[side].rows
    for (let i = own[side].first; i < own[side].last; i++) {
      rows.set(from.subarray(i * whole.width, i * whole.width + width), i * width)
    }
    normaliseRows(rows, lengths, width, own[side])
  }
}

function addGradients(state: TrainingState, whole: ScoredSides, width: number, own: Own): void {
  for (const side of SIDES) {
    const { rows, lengths, gradient } = state.prefixes[side]
    normaliseGradient(gradient, rows, lengths, width, own[side])
    const to = whole[side].gradient
    for (let i = own[side].first; i < own[side].last; i++) {
      for (let d = 0; d < width; d++) {
        const place = i * whole.width + d
        to[place] = (to[place] ?? 0) + (gradient[i * width + d] ?? 0)
      }
    }
  }
}
