/** What we hold ourselves to, and whether it was reached. */
import type { VectorReport } from '../measurements.ts'
import type { BenchmarkResults } from '../results.ts'
import { megabytes, number, table, times } from './markdown.ts'

export interface Bar {
  readonly what: string
  readonly wanted: string
  readonly measured: string
  readonly isMet: boolean
}

/** Only those that these results can say something about. */
export function barsOf(results: BenchmarkResults): Bar[] {
  if (results.passages === 100_000)
    return [...againstOthers(results), ...ofTheEngine(results), ...memoryBar(results)]
  return results.passages === 1_000_000 && results.dimension === 256 ? ofAMillion(results) : []
}

export function barsTable(all: readonly BenchmarkResults[]): string {
  const rows = all.flatMap(results =>
    barsOf(results).map(({ what, wanted, measured, isMet }) => [
      what,
      `${results.passages / 1000}k × ${results.dimension}`,
      wanted,
      measured,
      isMet ? 'met' : '**missed**',
    ]),
  )
  return table(['bar', 'vectors', 'wanted', 'measured', ''], rows)
}

function againstOthers({ vectors }: BenchmarkResults): Bar[] {
  // What another run measured had another machine to itself, or less of it.
  const named = (name: string) =>
    vectors?.measured.find(one => one.name === name && one.earlier === undefined)
  const [plain, scan, graph, hnswlib] = [named('plain'), named('scan'), named('graph'), named('hnswlib')]
  const bars: (Bar | undefined)[] = [
    scanBar(plain, scan),
    ...(graph && hnswlib ? graphBars(graph, hnswlib) : []),
    ratioBar(
      'building the graph, CPU, against hnswlib-wasm',
      4,
      hnswlib?.build?.cpuSeconds,
      graph?.build?.cpuSeconds,
    ),
    ratioBar('1 % filter, p50, against hnswlib-wasm', 100, filtered(hnswlib), filtered(graph ?? scan)),
    ratioBar('saving, against hnswlib-wasm', 10, hnswlib?.save?.milliseconds, graph?.save?.milliseconds),
  ]
  return bars.filter(bar => bar !== undefined)
}

function scanBar(plain: VectorReport | undefined, scan: VectorReport | undefined): Bar | undefined {
  const [slow, fast] = [plain?.asked[0], scan?.asked[0]]
  if (slow === undefined || fast === undefined) return undefined
  const ratio = slow.p50 / fast.p50
  return {
    what: 'exact scan, p50, against plain JavaScript',
    wanted: '≥ 10× and recall@10 1',
    measured: `${times(ratio)}, recall@10 ${fast.recall.toFixed(4)}`,
    isMet: ratio >= 10 && fast.recall === 1,
  }
}

/** For each breadth of theirs, our narrowest walk that finds as much. */
function graphBars(graph: VectorReport, hnswlib: VectorReport): Bar[] {
  return unfiltered(hnswlib).flatMap(theirs => {
    const ours = unfiltered(graph).find(({ recall }) => recall >= theirs.recall)
    if (ours === undefined) return []
    const ratio = theirs.p50 / ours.p50
    const measured = `${times(ratio)} (recall@10 ${ours.recall.toFixed(3)} and ${theirs.recall.toFixed(3)})`
    const what = `graph, p50, against hnswlib-wasm at ${theirs.setting} and its recall`
    return [{ what, wanted: '≥ 2×', measured, isMet: ratio >= 2 }]
  })
}

function unfiltered({ asked }: VectorReport) {
  return asked.filter(({ selected }) => selected === 1)
}

function ratioBar(
  what: string,
  wanted: number,
  theirs: number | undefined,
  ours: number | undefined,
): Bar | undefined {
  if (theirs === undefined || ours === undefined) return undefined
  const ratio = theirs / ours
  return { what, wanted: `≥ ${wanted}×`, measured: times(ratio), isMet: ratio >= wanted }
}

function filtered(report: VectorReport | undefined): number | undefined {
  return report?.asked.find(({ selected }) => selected === 0.01)?.p50
}

function medianOf(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN
}

function ofTheEngine({ engine, words, corpus }: BenchmarkResults): Bar[] {
  const bars: Bar[] = []
  if (engine !== undefined) {
    const { keyStrokes, reopened } = engine.measured
    const { p50, p99 } = keyStrokes
    bars.push(
      bound('key stroke to results, p50', 'ms', 8, p50),
      bound('key stroke to results, p99', 'ms', 25, p99),
      bound('opened again, to the first answer, median', 'ms', 1000, medianOf(reopened.any)),
      bound('opened again, to results from all passages, median', 'ms', 1000, medianOf(reopened.whole)),
    )
  }
  const own = words?.measured.find(({ name }) => name === 'own')?.ownBytes
  if (own !== undefined)
    bars.push(bound('word index, bytes per byte of text', '', 1.2, own / corpus.textBytes))
  return bars
}

function memoryBar({ vectors, dimension }: BenchmarkResults): Bar[] {
  const bytes = vectors?.measured.find(({ name }) => name === 'graph')?.ownBytes
  if (dimension !== 256 || bytes === undefined) return []
  return [
    { ...bound('memory of vectors and graph', 'MB', 80, bytes / 1e6), measured: `${megabytes(bytes)} MB` },
  ]
}

function ofAMillion({ vectors }: BenchmarkResults): Bar[] {
  const reports = vectors?.measured.filter(({ name }) => name === 'planned' || name === 'scan') ?? []
  return reports.flatMap(({ title, asked, memory }) => {
    const whole = asked.find(({ selected }) => selected === 1)
    if (whole === undefined) return []
    const { p50, recall } = whole
    const found = { what: `${title}: recall@10`, wanted: '≥ 0.98', measured: recall.toFixed(4) }
    return [
      bound(`${title}: p50`, 'ms', 20, p50),
      { ...found, isMet: recall >= 0.98 },
      ...(memory === undefined ? [] : [bound(`${title}: memory`, 'MB', 1200, memory / 1e6)]),
    ]
  })
}

function bound(what: string, unit: string, most: number, value: number): Bar {
  const withUnit = (text: string) => (unit === '' ? text : `${text} ${unit}`)
  return { what, wanted: withUnit(`≤ ${most}`), measured: withUnit(number(value)), isMet: value <= most }
}
