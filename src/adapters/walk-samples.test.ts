import { describe, expect, it } from 'vitest'
import { createWalkSamples, type WalkSample } from './walk-samples.ts'

const sample = (value: number): WalkSample => ({
  query: Float32Array.of(value),
  wanted: 10,
  filter: undefined,
})

describe('samples of walks', () => {
  it('are measured one by one', () => {
    const samples = createWalkSamples(1)
    expect(samples.recall()).toBeUndefined()
    samples.offer(sample(1))
    samples.offer(sample(2))
    for (const recall of [1, 0.5]) {
      const next = samples.unmeasured()
      if (next !== undefined) samples.settle(next, recall)
    }
    expect(samples.unmeasured()).toBeUndefined()
    expect(samples.recall()).toBe(0.75)
  })

  it('keep the query although its array is used again', () => {
    const samples = createWalkSamples(1)
    const query = Float32Array.of(7)
    samples.offer({ ...sample(0), query })
    query[0] = 8
    expect(samples.unmeasured()?.query[0]).toBe(7)
  })

  it('are few and come from all times', () => {
    const kept = keptOf(10_000)
    expect(kept.length).toBe(32)
    expect(kept.filter(value => value < 5000).length).toBeGreaterThan(6)
    expect(kept.filter(value => value >= 5000).length).toBeGreaterThan(6)
  })

  it('are the same for the same queries', () => {
    expect(keptOf(500)).toEqual(keptOf(500))
  })

  it('are measured again after a new start', () => {
    const samples = createWalkSamples(1)
    samples.offer(sample(1))
    const first = samples.unmeasured()
    if (first !== undefined) samples.settle(first, 0.1)
    samples.startOver()
    expect(samples.recall()).toBeUndefined()
    expect(samples.unmeasured()).toBe(first)
  })
})

function keptOf(count: number): number[] {
  const samples = createWalkSamples(1)
  for (let i = 0; i < count; i++) samples.offer(sample(i))
  const kept: number[] = []
  for (let next = samples.unmeasured(); next !== undefined; next = samples.unmeasured()) {
    kept.push(next.query[0] ?? Number.NaN)
    samples.settle(next, 1)
  }
  return kept
}
