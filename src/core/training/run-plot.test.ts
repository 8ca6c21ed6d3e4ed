import { describe, expect, it } from 'vitest'
import { plotRun } from './run-plot.ts'

describe('the picture of a run', () => {
  it('goes from the first step to the last, high losses above low ones', () => {
    const points = Array.from({ length: 200 }, (_, i) => ({ step: i + 1, loss: 4 - i / 100 }))
    const svg = plotRun(points, 'a < b & c')
    expect(svg).toContain('a &lt; b &amp; c')
    const line = /polyline points="([^"]+)"/.exec(svg)?.[1]?.split(' ') ?? []
    const places = line.map(place => place.split(',').map(Number))
    expect(places).toHaveLength(200)
    expect(places[0]?.[1]).toBe(48)
    expect(places.at(-1)?.[0]).toBe(672)
    expect(places.at(-1)?.[1]).toBeGreaterThan(places[0]?.[1] ?? Number.NaN)
  })

  it('smooths what single batches do', () => {
    const points = Array.from({ length: 400 }, (_, i) => ({ step: i + 1, loss: i % 2 }))
    const line = /polyline points="([^"]+)"/.exec(plotRun(points, ''))?.[1]?.split(' ') ?? []
    const heights = line.slice(50).map(place => Number(place.split(',')[1]))
    expect(new Set(heights).size).toBe(1)
  })

  it('refuses a run without steps', () => {
    expect(() => plotRun([], '')).toThrow('at least one step')
  })
})
