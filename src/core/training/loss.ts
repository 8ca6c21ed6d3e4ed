/** What training makes small: a number that says how far the answers are from standing first. */
import { withPrefixes } from './prefix-loss.ts'
import { softmaxLoss } from './softmax-loss.ts'
import type { Loss } from './scores.ts'
import type { LossPlan, TrainingPlan } from './training-shape.ts'
import { tripletLoss } from './triplet-loss.ts'

export function createLoss({ loss, prefixes }: TrainingPlan): Loss {
  const whole = wholeLoss(loss)
  return prefixes.length === 0 ? whole : withPrefixes(whole, prefixes)
}

function wholeLoss(plan: LossPlan): Loss {
  return plan.kind === 'softmax' ? softmaxLoss : tripletLoss(plan.margin)
}
