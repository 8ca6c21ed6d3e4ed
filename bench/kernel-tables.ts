/** The tables of the search kernels' benchmark, in Markdown, and the ratios that count. */
import type { Measured } from './kernels-page.ts'
import type { KernelBenchmark } from './search-kernels.ts'

export function kernelTables(benchmark: KernelBenchmark): string {
  const { measured, vectors, queries, variant, isReal } = benchmark
  const plain = measured.filter(({ method }) => method === 'plain JavaScript loop')
  const rows = measured.map(({ method, selected, p10, p50, p99, recall }) => {
    const ratio = (plain.find(one => one.selected === selected)?.p50 ?? Number.NaN) / p50
    return `| ${method} | ${selected * 100} % | ${p10.toFixed(3)} | ${p50.toFixed(3)} | ${p99.toFixed(3)} | ${ratio.toFixed(1)} | ${recall.toFixed(4)} |`
  })
  return [
    `${vectors} ${isReal ? 'vectors of real text' : 'clustered vectors'}, 256 dimensions, ${queries} queries, ${variant} kernels, headless Chromium.`,
    '',
    '| method | selected | p10, ms | p50, ms | p99, ms | times faster than the loop | recall@10 |',
    '| --- | ---: | ---: | ---: | ---: | ---: | ---: |',
    ...rows,
    '',
    '| measured | value |',
    '| --- | ---: |',
    ...ratiosOf(benchmark).map(([name, value]) => `| ${name} | ${value} |`),
  ].join('\n')
}

function times(ratio: number): string {
  return `${ratio.toFixed(1)}×`
}

function ratiosOf({ measured, build, bytes, vectors }: KernelBenchmark): [name: string, value: string][] {
  const p50 = (method: string, selected = 1) =>
    measured.find(one => one.method === method && one.selected === selected)?.p50 ?? Number.NaN
  const perVector = (total: number) => `${Math.round(total / vectors)} bytes`
  return [
    ['scan, against the plain loop', times(p50('plain JavaScript loop') / p50('int8 scan'))],
    ...graphRatios(measured).map(([ef, ratio, own]): [string, string] => [
      `graph, against hnswlib-wasm at ef ${ef} and its recall (${own})`,
      times(ratio),
    ]),
    ['1 % filter, against hnswlib-wasm', times(p50('hnswlib-wasm, 50', 0.01) / p50('int8 scan', 0.01))],
    ['10 % filter, against hnswlib-wasm', times(p50('hnswlib-wasm, 50', 0.1) / p50('int8 scan', 0.1))],
    ['CPU seconds to round and store all vectors twice, with signs once', build.ownRows.toFixed(2)],
    ['CPU seconds to build the graph', build.own.toFixed(2)],
    ['CPU seconds to build hnswlib-wasm’s', build.hnswlib.toFixed(2)],
    ['building, against hnswlib-wasm', times(build.hnswlib / build.own)],
    ['memory of vectors and graph, a vector', perVector(bytes.own)],
    ['memory of hnswlib-wasm, a vector', perVector(bytes.hnswlib)],
  ]
}

/** For each breadth of hnswlib-wasm, how much faster our narrowest walk is that finds as much. */
function graphRatios(measured: readonly Measured[]): [ef: string, ratio: number, own: string][] {
  const named = (prefix: string) =>
    measured.filter(({ method, selected }) => selected === 1 && method.startsWith(prefix))
  return named('hnswlib-wasm').flatMap((theirs): [string, number, string][] => {
    const ours = named('int8 graph').find(({ recall }) => recall >= theirs.recall)
    const ef = theirs.method.split(', ')[1] ?? ''
    return ours === undefined ? [] : [[ef, theirs.p50 / ours.p50, ours.method]]
  })
}
