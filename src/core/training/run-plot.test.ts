import { describe, expect, it } from 'vitest'
import { plotRun } from './run-plot.ts'

/** The places of a line's points. */
function placesOf(svg: string, kind: string): (readonly [x: number, y: number])[] {
  const line = new RegExp(`class="${kind}" points="([^"]+)"`).exec(svg)?.[1] ?? ''
  return line.split(' ').map(place => {
    const [x = Number.NaN, y = Number.NaN] = place.split(',').map(Number)
    return [x, y]
  })
}

describe('the picture of a run', () => {
  it('goes from the first step to the last, high losses above low ones', () => {
    const points = Array.from({ length: 200 }, (_, i) => ({ step: i + 1, loss: 5 - i / 100 }))
    const svg = plotRun(points, 'a < b & c')
    expect(svg).toContain('a &lt; b &amp; c')
    const places = placesOf(svg, 'loss')
    expect(places).toHaveLength(200)
    expect(places[0]?.[1]).toBe(56)
    expect(places.at(-1)?.[0]).toBe(664)
    expect(places.at(-1)?.[1]).toBeGreaterThan(places[0]?.[1] ?? Number.NaN)
  })

  it('smooths what single batches do', () => {
    const points = Array.from({ length: 400 }, (_, i) => ({ step: i + 1, loss: i % 2 }))
    const heights = placesOf(plotRun(points, ''), 'loss').slice(50)
    expect(new Set(heights.map(([, y]) => y)).size).toBe(1)
  })

  it('has a second line with an axis of its own where ranking was measured', () => {
    const points = [
      { step: 1, loss: 6 },
      { step: 2, loss: 5, ndcg10: 0.25 },
      { step: 4, loss: 4, ndcg10: 0.5 },
    ]
    const svg = plotRun(points, '')
    expect(placesOf(svg, 'ndcg')).toEqual([
      [360, 180],
      [664, 56],
    ])
    expect(svg).toContain('NDCG@10')
    expect(plotRun([{ step: 1, loss: 1 }], '')).not.toContain('NDCG@10')
  })

  it('draws a run of one step and a loss of nothing', () => {
    expect(plotRun([{ step: 1, loss: 0 }], '')).not.toContain('NaN')
  })

  it('refuses a run without steps', () => {
    expect(() => plotRun([], '')).toThrow('at least one step')
  })
})
