/** What was measured for one size, as tables in Markdown. */
import type { RunFacts } from '../machine.ts'
import type { EngineReport, Times, VectorReport, WordReport } from '../measurements.ts'
import type { BenchmarkResults } from '../results.ts'
import { megabytes, number, share, table, times } from './markdown.ts'

export function resultTables(results: BenchmarkResults): string {
  const { vectors, words, engine } = results
  const parts = [
    `### ${results.passages.toLocaleString('en')} passages, ${results.dimension} dimensions`,
    corpusLine(results),
    ...(vectors === undefined
      ? []
      : [
          `**Vectors.** ${runLine(vectors.run)}`,
          answersTable(vectors.measured),
          costsTable(vectors.measured),
        ]),
    ...(vectors === undefined ? [] : noteLines(vectors.measured)),
    ...(words === undefined ? [] : [`**Words.** ${runLine(words.run)}`, wordsTable(words.measured, results)]),
    ...(words === undefined ? [] : noteLines(words.measured)),
    ...(engine === undefined
      ? []
      : [`**The engine as the app has it.** ${runLine(engine.run)}`, engineTable(engine.measured)]),
  ]
  return parts.join('\n\n')
}

function corpusLine({ passages, dimension, corpus }: BenchmarkResults): string {
  const { apart, isReal, textBytes, model, modelDimension, seed } = corpus
  const text = isReal ? 'real text' : 'generated text, on which every graph looks better'
  const overlap =
    apart < passages
      ? ` The texts have ${apart} passages; the others are windows over the same texts that begin elsewhere and overlap.`
      : ''
  const cut =
    dimension < modelDimension ? `, cut from ${modelDimension} dimensions and brought to length 1` : ''
  return `${megabytes(textBytes)} MB of ${text}, vectors by ${model}${cut}; seed ${seed}.${overlap}`
}

export function runLine({
  startedAt,
  seconds,
  cpu,
  cores,
  memoryGigabytes,
  browser,
  load,
}: RunFacts): string {
  const machine = `${cores} cores of ${cpu}, ${memoryGigabytes} GB, ${browser}`
  const busy =
    Math.max(load.start, load.end) > 3 ? ': other work had the cores too, and times are inflated' : ''
  return `${startedAt.slice(0, 10)}, ${seconds} s on ${machine}; load ${load.start} at the start, ${load.end} at the end${busy}.`
}

function answersTable(reports: readonly VectorReport[]): string {
  const plain = new Map(reports[0]?.asked.map(({ selected, p50 }) => [selected, p50]))
  const rows = reports.flatMap(({ title, asked }) =>
    asked.map(({ setting, selected, path, p10, p50, p99, recall, asked: count }) => [
      `${title}${setting > 0 ? `, ${setting}` : ''}${path === undefined ? '' : ` (${path})`}`,
      `${Number((100 * selected).toFixed(2))} %`,
      number(p10),
      number(p50),
      number(p99),
      times((plain.get(selected) ?? Number.NaN) / p50),
      share(recall),
      String(count),
    ]),
  )
  return table(
    ['method', 'selected', 'p10, ms', 'p50, ms', 'p99, ms', 'faster than plain', 'recall@10', 'queries'],
    rows,
  )
}

function costsTable(reports: readonly VectorReport[]): string {
  const rows = reports
    .filter(({ build }) => build !== undefined)
    .map(({ title, build, memory, ownBytes, save, load, churn }) => [
      title,
      number(build?.cpuSeconds),
      megabytes(memory),
      megabytes(ownBytes),
      number(save?.milliseconds),
      number(load?.milliseconds),
      share(load?.recall),
      number(churn?.removeMilliseconds),
      number(churn?.addCpuSeconds),
      share(churn?.recall),
    ])
  return table(
    [
      'method',
      'build, CPU s',
      'memory, MB',
      'of which its own count, MB',
      'save, ms',
      'load, ms',
      'recall after',
      'remove a fifth, ms',
      'add it again, CPU s',
      'recall after',
    ],
    rows,
  )
}

function wordsTable(reports: readonly WordReport[], { corpus }: BenchmarkResults): string {
  const rows = reports
    .filter(({ build }) => build !== undefined)
    .map(({ title, build, memory, ownBytes, asked, save, load }) => {
      const kinds = asked.flatMap(({ p50, p99, found }) => [`${number(p50)} / ${number(p99)}`, share(found)])
      const perByte = ownBytes === undefined ? undefined : ownBytes / corpus.textBytes
      const costs = [number(build?.cpuSeconds), megabytes(memory), number(perByte)]
      return [title, ...costs, ...kinds, number(save?.milliseconds), number(load?.milliseconds)]
    })
  const heads = ['words', 'unfinished', 'misspelt'].flatMap(kind => [`${kind}, p50 / p99 ms`, 'found'])
  return table(
    ['method', 'build, CPU s', 'memory, MB', 'bytes per byte of text', ...heads, 'save, ms', 'load, ms'],
    rows,
  )
}

function engineTable(report: EngineReport): string {
  const { keyStrokes, wholeAnswers, paths, reopened, firstStartSeconds, stored, memory, troubles } = report
  const rows: [string, string][] = [
    ['key stroke to the first results, p10 / p50 / p99, ms', quantiles(keyStrokes)],
    ['key stroke to all results with their marks, p10 / p50 / p99, ms', quantiles(wholeAnswers)],
    ['key strokes', String(keyStrokes.asked)],
    [
      'how meaning was searched',
      Object.entries(paths)
        .map(([path, count]) => `${path} ${count}`)
        .join(', '),
    ],
    ['page asked for, to its first results, ms', rounded(reopened.any)],
    ['page asked for, to results from all passages, ms', rounded(reopened.whole)],
    ['first start without saved indexes, until they are saved, s', number(firstStartSeconds)],
    ['stored, MB', megabytes(stored)],
    ['memory of the browser beyond an empty page, MB', megabytes(memory)],
    ...troubles.map((why): [string, string] => ['an index was made anew', why]),
  ]
  return table(['measured', 'value'], rows)
}

function rounded(values: readonly number[]): string {
  return values.map(value => Math.round(value)).join(', ')
}

type Noted = Pick<VectorReport, 'title' | 'trouble' | 'earlier'>

function noteLines(reports: readonly Noted[]): string[] {
  const lines = reports.flatMap(({ title, trouble, earlier }) => [
    ...(trouble === undefined ? [] : [`- ${title}: ${trouble}`]),
    ...(earlier === undefined ? [] : [`- ${title}: from another run. ${runLine(earlier)}`]),
  ])
  return lines.length === 0 ? [] : [lines.join('\n')]
}

function quantiles({ p10, p50, p99 }: Times): string {
  return [p10, p50, p99].map(number).join(' / ')
}
