import type { Head } from './head.ts'
import { createLinearHead } from './linear-head.ts'
import { createReluHead } from './relu-head.ts'
import type { HeadPlan } from './training-shape.ts'

export function createHead(plan: HeadPlan, dimension: number): Head {
  return plan.kind === 'linear' ? createLinearHead(dimension) : createReluHead(dimension, plan.dropout)
}
