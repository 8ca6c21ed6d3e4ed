import { describe, expect, it } from 'vitest'
import type { Asked, VectorReport } from '../measurements.ts'
import { type BenchmarkResults, mergeResults } from '../results.ts'
import { barsOf } from './bars.ts'
import { type Chart, drawChart } from './chart.ts'
import { recallChart, sizeChart } from './charts.ts'
import { number, table } from './markdown.ts'
import { resultTables } from './result-tables.ts'
import { betweenMarks, MARKS } from './write-docs.ts'

const RUN = {
  startedAt: '2026-11-20T10:00:00.000Z',
  seconds: 60,
  cpu: 'a processor',
  cores: 2,
  memoryGigabytes: 8,
  node: 'v20',
  browser: 'Chromium 1',
  load: { start: 0.5, end: 7 },
}

function asked(setting: number, p50: number, recall: number, selected = 1): Asked {
  return { setting, selected, p10: p50 / 2, p50, p99: 2 * p50, asked: 100, recall }
}

function report(name: string, answers: readonly Asked[], more: Partial<VectorReport> = {}): VectorReport {
  return { name, title: name, asked: answers, usual: answers[0]?.setting ?? 0, ...more }
}

function resultsOf(passages: number, dimension: number, vectors: readonly VectorReport[]): BenchmarkResults {
  const corpus = {
    isReal: true,
    apart: passages,
    textBytes: 1e6,
    model: 'a model',
    modelDimension: 512,
    seed: 1,
  }
  return { passages, dimension, corpus, vectors: { run: RUN, measured: vectors } }
}

const COMPARED = resultsOf(100_000, 512, [
  report('plain', [asked(0, 40, 1), asked(0, 0.4, 1, 0.01)]),
  report('scan', [asked(0, 2, 1), asked(0, 0.1, 1, 0.01)]),
  report('graph', [asked(80, 0.2, 0.9), asked(160, 0.4, 0.96), asked(160, 0.1, 1, 0.01)], {
    build: { cpuSeconds: 30, seconds: 40 },
    save: { milliseconds: 100 },
  }),
  report(
    'hnswlib',
    [asked(50, 0.9, 0.89), asked(100, 0.72, 0.95), asked(400, 3, 0.99), asked(100, 60, 1, 0.01)],
    {
      build: { cpuSeconds: 150, seconds: 200 },
      save: { milliseconds: 900 },
    },
  ),
  report('left out', [], { trouble: 'Left out above 10 vectors: it is too slow.' }),
])

/** Of the lines of a chart, their points. */
function placesOf(svg: string): number[][][] {
  return [...svg.matchAll(/<polyline[^>]* points="([^"]+)"/g)].map(([, points = '']) =>
    points.split(' ').map(place => place.split(',').map(Number)),
  )
}

describe('the tables of the benchmarks', () => {
  it('have a row for each setting and filter, with its recall and its ratio to plain JavaScript', () => {
    const text = resultTables(COMPARED)
    expect(text).toContain('| scan | 100 % | 1.00 | 2.00 | 4.00 | 20.0× | 1.0000 | 100 |')
    expect(text).toContain('| hnswlib, 100 | 1 % | 30.0 | 60.0 | 120 | 0.0× | 1.0000 | 100 |')
  })

  it('say why a row is missing, and that the machine was busy', () => {
    const text = resultTables(COMPARED)
    expect(text).toContain('- left out: Left out above 10 vectors: it is too slow.')
    expect(text).toContain('load 0.5 at the start, 7 at the end: other work had the cores too')
  })

  it('keep what another run measured, name that run, and hold no bar against it', () => {
    const later = { ...RUN, startedAt: '2026-11-21T10:00:00.000Z', load: { start: 0.1, end: 0.2 } }
    const again = [report('plain', [asked(0, 50, 1)]), report('scan', [asked(0, 1, 1)])]
    const { vectors, ...rest } = COMPARED
    expect(vectors).toBeDefined()
    const merged = mergeResults(COMPARED, { ...rest, vectors: { run: later, measured: again } })
    expect(merged.vectors?.measured.map(({ name }) => name)).toEqual([
      'plain',
      'scan',
      'graph',
      'hnswlib',
      'left out',
    ])
    const text = resultTables(merged)
    expect(text).toContain('| scan | 100 % | 0.500 | 1.00 |')
    expect(text).toContain('- hnswlib: from another run. 2026-11-20, 60 s')
    expect(barsOf(merged).map(({ what }) => what)).toEqual(['exact scan, p50, against plain JavaScript'])
    const once = mergeResults(merged, { ...rest, vectors: { run: later, measured: again } })
    expect(once).toEqual(merged)
  })

  it('say where vectors were cut and passages overlap', () => {
    const results = resultsOf(1000, 256, [])
    const text = resultTables({ ...results, corpus: { ...results.corpus, apart: 400 } })
    expect(text).toContain('cut from 512 dimensions')
    expect(text).toContain('The texts have 400 passages')
    expect(resultTables(COMPARED)).not.toContain('overlap')
  })

  it('have as many cells in each line as in the head', () => {
    for (const block of resultTables(COMPARED).split('\n\n')) {
      const lines = block.split('\n').filter(line => line.startsWith('|'))
      expect(new Set(lines.map(line => line.split('|').length)).size).toBeLessThanOrEqual(1)
    }
  })

  it('show a dash for what was not measured', () => {
    expect(table(['a', 'b'], [['x', number(undefined)]])).toBe('| a | b |\n| --- | ---: |\n| x | – |')
    expect([0, 0.0123, 4.567, 45.67, 456.7].map(number)).toEqual(['0', '0.012', '4.57', '45.7', '457'])
  })
})

describe('the bars', () => {
  it('compare with hnswlib at its own recall', () => {
    const graph = barsOf(COMPARED).filter(({ what }) => what.startsWith('graph'))
    // Ours finds as much as theirs at 50 and at 100, and nowhere as much as at 400.
    expect(graph.map(({ measured, isMet }) => [measured.split(' ')[0], isMet])).toEqual([
      ['4.5×', true],
      ['1.8×', false],
    ])
  })

  it('are met or missed by their ratios', () => {
    const met = Object.fromEntries(barsOf(COMPARED).map(({ what, isMet }) => [what, isMet]))
    expect(met).toMatchObject({
      'exact scan, p50, against plain JavaScript': true,
      'building the graph, CPU, against hnswlib-wasm': true,
      '1 % filter, p50, against hnswlib-wasm': true,
      'saving, against hnswlib-wasm': false,
    })
  })

  it('ask the exact scan to find everything', () => {
    const missing = resultsOf(100_000, 512, [
      report('plain', [asked(0, 40, 1)]),
      report('scan', [asked(0, 2, 0.9999)]),
    ])
    expect(barsOf(missing).map(({ isMet }) => isMet)).toEqual([false])
  })

  it('hold the memory of a million to its bar', () => {
    const planned = report('planned', [asked(0, 12, 0.985)], { memory: 1.3e9 })
    const bars = barsOf(resultsOf(1_000_000, 256, [planned]))
    expect(bars.map(({ isMet }) => isMet)).toEqual([true, true, false])
  })
})

describe('the pictures', () => {
  const chart: Chart = {
    title: 'a < b',
    x: { name: 'x', isLogarithmic: true },
    y: { name: 'y', isLogarithmic: false },
    series: [
      {
        name: 'one',
        points: [
          [0.1, 0.8],
          [1, 0.9],
          [10, 1],
        ],
      },
      { name: 'two', points: [[1, 0.85]] },
    ],
  }

  it('put equal factors at equal ways, and more above less', () => {
    const [one = []] = placesOf(drawChart(chart))
    const [a = [], b = [], c = []] = one
    expect((b[0] ?? 0) - (a[0] ?? 0)).toBeCloseTo((c[0] ?? 0) - (b[0] ?? 0), 0)
    expect(a[1]).toBeGreaterThan(b[1] ?? Number.NaN)
    expect(b[1]).toBeGreaterThan(c[1] ?? Number.NaN)
  })

  it('stay inside their frame and name every line', () => {
    const svg = drawChart(chart)
    for (const [x = Number.NaN, y = Number.NaN] of placesOf(svg).flat()) {
      expect(x).toBeGreaterThanOrEqual(64)
      expect(x).toBeLessThanOrEqual(550)
      expect(y).toBeGreaterThanOrEqual(44)
      expect(y).toBeLessThanOrEqual(352)
    }
    expect(svg).toContain('a &lt; b')
    expect(svg).toContain('>two</text>')
  })

  it('can show a single point', () => {
    expect(drawChart({ ...chart, series: [{ name: 'one', points: [[1, 1]] }] })).not.toContain('NaN')
  })

  it('refuse to show nothing', () => {
    expect(() => drawChart({ ...chart, series: [] })).toThrow('at least one point')
    expect(recallChart(resultsOf(10, 512, []))).toBeUndefined()
  })

  it('follow each method through the sizes, at its usual setting', () => {
    const small = resultsOf(10_000, 512, [
      report('graph', [asked(80, 0.1, 0.9), asked(160, 0.2, 0.95)], { usual: 160 }),
    ])
    const large = resultsOf(100_000, 512, [
      report('graph', [asked(80, 0.2, 0.9), asked(160, 2, 0.95)], { usual: 160 }),
    ])
    const other = resultsOf(100_000, 256, [report('graph', [asked(160, 50, 0.95)], { usual: 160 })])
    const [line = []] = placesOf(sizeChart([large, other, small], 512) ?? '')
    expect(line).toHaveLength(2)
    expect(line[0]?.[0]).toBeLessThan(line[1]?.[0] ?? Number.NaN)
    expect(line[0]?.[1]).toBeGreaterThan(line[1]?.[1] ?? Number.NaN)
  })
})

describe('the page of the documentation', () => {
  it('gets its tables between its marks, and keeps the rest', () => {
    const page = `before\n\n${MARKS[0]}\n\nold\n\n${MARKS[1]}\n\nafter\n`
    const once = betweenMarks(page, 'new')
    expect(once).toBe(`before\n\n${MARKS[0]}\n\nnew\n\n${MARKS[1]}\n\nafter\n`)
    expect(betweenMarks(once, 'new')).toBe(once)
  })

  it('is refused without marks', () => {
    expect(() => betweenMarks('nothing', 'new')).toThrow('expected <!-- measured')
  })
})
