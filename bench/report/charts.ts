/** The pictures that the results are drawn as. */
import type { BenchmarkResults } from '../results.ts'
import { type ChartSeries, drawChart } from './chart.ts'

/** What each method finds in which time; `undefined` where no vectors were searched. */
export function recallChart({ passages, dimension, vectors }: BenchmarkResults): string | undefined {
  const series = (vectors?.measured ?? []).flatMap(({ title, asked }): ChartSeries[] => {
    const points = asked
      .filter(({ selected }) => selected === 1)
      .map(({ p50, recall }): [number, number] => [p50, recall])
    return points.length === 0 ? [] : [{ name: title, points }]
  })
  if (series.length === 0) return undefined
  return drawChart({
    title: `${passages.toLocaleString('en')} passages, ${dimension} dimensions`,
    x: { name: 'median of an answer, ms', isLogarithmic: true },
    y: { name: 'recall@10', isLogarithmic: false },
    series,
  })
}

/** The time of an answer at each size; of methods that can be set, at the setting that they usually have. */
export function sizeChart(all: readonly BenchmarkResults[], dimension: number): string | undefined {
  const sized = all
    .filter(results => results.dimension === dimension && results.vectors !== undefined)
    .toSorted((a, b) => a.passages - b.passages)
  const titles = new Set(sized.flatMap(({ vectors }) => vectors?.measured.map(({ title }) => title) ?? []))
  const series = Array.from(titles, (name): ChartSeries => {
    const points = sized.flatMap(({ passages, vectors }): [number, number][] => {
      const report = vectors?.measured.find(({ title }) => title === name)
      const usual = report?.asked.find(({ selected, setting }) => selected === 1 && setting === report.usual)
      return usual === undefined ? [] : [[passages, usual.p50]]
    })
    return { name, points }
  }).filter(({ points }) => points.length > 0)
  if (series.length === 0) return undefined
  return drawChart({
    title: `median of an answer by size, ${dimension} dimensions`,
    x: { name: 'passages', isLogarithmic: true },
    y: { name: 'ms', isLogarithmic: true },
    series,
  })
}
