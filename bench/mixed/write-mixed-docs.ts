/** Brings what was measured into the documentation: numbers beside it, tables between two marks of its page. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import type { RunFacts } from '../machine.ts'
import { number, table } from '../report/markdown.ts'
import { runLine } from '../report/result-tables.ts'
import type { CheckedIngest } from './check-ingest.ts'
import type { MixedResults } from './mixed-results.ts'

const PAGE = 'docs/benchmarks.md'
const NUMBERS = 'docs/benchmarks/mixed/results.json'
const MARKS = [
  '<!-- adding: written by npm run bench:mixed -- --write-docs -->',
  '<!-- end of adding -->',
] as const

/** Bytes that the indexes take for a passage of 120 words: what memory grows by while a long text is added. */
const INDEXED = 1300

export function writeMixedDocs(results: MixedResults): void {
  mkdirSync(dirname(NUMBERS), { recursive: true })
  writeFileSync(NUMBERS, `${JSON.stringify(results, undefined, 1)}\n`)
  const page = readFileSync(PAGE, 'utf8')
  const [start, end] = MARKS.map(mark => page.indexOf(mark))
  if (start === undefined || end === undefined || start < 0 || end < start)
    throw new Error(`expected ${MARKS.join(' and then ')} in ${PAGE}, found neither or one`)
  writeFileSync(
    PAGE,
    `${page.slice(0, start + MARKS[0].length)}\n\n${mixedTables(results)}\n\n${page.slice(end)}`,
  )
}

export function mixedTables(results: MixedResults): string {
  const { folder, markdown, tiny, gigabyte, stages, extraction, kills } = results
  const runs: readonly (readonly [string, CheckedIngest, RunFacts] | undefined)[] = [
    folder && ['mixed folder', folder.measured, folder.run],
    markdown && ['1,000 Markdown files', markdown.measured, markdown.run],
    tiny && ['100,000 tiny files', tiny.measured, tiny.run],
    gigabyte && ['a text of 1 GB', gigabyte.measured, gigabyte.run],
  ]
  const measured = runs.filter(run => run !== undefined)
  const parts = [
    barsTable(results),
    table(
      [
        'added',
        'files',
        'documents',
        'passages',
        's',
        'passages/s',
        'CPU s',
        'first result, s',
        'long tasks',
        'longest, ms',
        'memory at most, MB',
      ],
      measured.map(([what, report]) => rowOf(what, report)),
    ),
    ...measured.map(
      ([what, { states, summary }, run]) => `- ${what}: ${wordsOf(states)}. “${summary}” ${runLine(run)}`,
    ),
    ...(stages === undefined
      ? []
      : [
          `**Stages alone, over the mixed folder.** ${runLine(stages.run)}`,
          table(
            ['stage', 's', 'CPU s'],
            (['extraction', 'cutting', 'embedding'] as const).map(name => [
              name,
              number(stages.measured[name].seconds),
              number(stages.measured[name].cpuSeconds),
            ]),
          ),
        ]),
    ...(extraction === undefined
      ? []
      : [
          `**A text of 1 GB, extraction alone:** ${number(extraction.measured.seconds)} s for ${extraction.measured.documents} parts, at most ${number(extraction.measured.peakBytes / 1e6)} MB above the idle page. ${runLine(extraction.run)}`,
        ]),
    ...(kills === undefined
      ? []
      : [
          `**Kills.** ${kills.kills} of the tab, its worker or the browser (seed ${kills.seed}) while ${kills.files} mixed files were added: ${kills.words} planted words looked for, ${kills.problems.length} problems.`,
        ]),
  ]
  return parts.join('\n\n').replaceAll('\n\n- ', '\n- ').replace('\n- ', '\n\n- ')
}

function barsTable({ folder, stages, markdown, gigabyte, extraction, kills }: MixedResults): string {
  const rows: string[][] = []
  const bar = (what: string, wanted: string, measured: string, isMet: boolean) =>
    rows.push([what, wanted, measured, isMet ? 'met' : '**missed**'])
  if (folder !== undefined) {
    const { files, withoutReason, lost, doubled, longTasks } = folder.measured
    const isComplete =
      withoutReason === 0 && Object.values(folder.measured.states).reduce((a, b) => a + b, 0) === files
    bar('every file ends in a state, with a reason', `${files}`, `${files - withoutReason}`, isComplete)
    bar(
      'planted words in no document, or in two',
      '0',
      `${lost.length + doubled.length}`,
      lost.length + doubled.length === 0,
    )
    const longest = Math.max(0, ...longTasks.map(({ milliseconds }) => milliseconds))
    bar(
      'the page’s thread is never blocked longer than',
      '50 ms',
      `${longTasks.length} times, ${longest} ms at most`,
      longTasks.length === 0,
    )
    if (stages !== undefined) {
      const pace = folder.measured.passages / folder.measured.seconds
      const { passages, extraction: read, cutting, embedding } = stages.measured
      const slower = passages / Math.max(read.seconds, cutting.seconds + embedding.seconds)
      const inTurn = passages / (read.seconds + cutting.seconds + embedding.seconds)
      bar(
        'pace, of that of the slower stage alone',
        '≥ 80 %',
        `${Math.round((100 * pace) / slower)} %`,
        pace >= 0.8 * slower,
      )
      bar(
        'pace, of both stages in turn',
        '(≥ 80 %)',
        `${Math.round((100 * pace) / inTurn)} %`,
        pace >= 0.8 * inTurn,
      )
    }
  }
  if (kills !== undefined)
    bar(
      `lost or doubled over ${kills.kills} kills`,
      '0',
      `${kills.problems.length}`,
      kills.problems.length === 0,
    )
  if (extraction !== undefined) {
    const peak = extraction.measured.peakBytes / 1e6
    bar(
      'a text of 1 GB, extraction alone, memory above the idle page',
      '≤ 400 MB',
      `${number(peak)} MB`,
      peak <= 400,
    )
  }
  if (gigabyte !== undefined) {
    const peak = peakOf(gigabyte.measured)
    bar(
      `a text of 1 GB, its first ${gigabyte.measured.documents} parts added, memory above the idle page`,
      '≤ 400 MB',
      `${number(peak)} MB`,
      peak <= 400,
    )
    const less = peak - (INDEXED * gigabyte.measured.passages) / 1e6
    bar('the same, less what the indexes take', '(≤ 400 MB)', `${number(less)} MB`, less <= 400)
  }
  if (markdown !== undefined) {
    const { firstResultSeconds: first } = markdown.measured
    bar('1,000 Markdown files, drop to first results', '≤ 3 s', `${number(first)} s`, first <= 3)
  }
  return table(['bar', 'wanted', 'measured', ''], rows)
}

function rowOf(what: string, report: CheckedIngest): string[] {
  const { files, documents, passages, seconds, cpuSeconds, firstResultSeconds, longTasks } = report
  const longest = Math.max(0, ...longTasks.map(({ milliseconds }) => milliseconds))
  return [
    what,
    files.toLocaleString('en'),
    documents.toLocaleString('en'),
    passages.toLocaleString('en'),
    number(seconds),
    number(passages / seconds),
    number(cpuSeconds),
    number(firstResultSeconds),
    `${longTasks.length}`,
    number(longest),
    number(peakOf(report)),
  ]
}

/** Millions of bytes. */
function peakOf({ memory }: CheckedIngest): number {
  return Math.max(0, ...memory.map(({ bytes }) => bytes)) / 1e6
}

function wordsOf(states: Readonly<Record<string, number>>): string {
  return Object.entries(states)
    .map(([state, count]) => `${count.toLocaleString('en')} ${state.toLowerCase()}`)
    .join(', ')
}
