/** What `npm run bench` can be told. */
import { parseArgs } from 'node:util'

export const SECTIONS = ['vectors', 'words', 'engine'] as const
export type SectionName = (typeof SECTIONS)[number]

export interface BenchOptions {
  readonly passages: number
  readonly dimensions: number | undefined
  readonly text: string
  readonly seed: number
  readonly queries: number
  /** CPU seconds that building one method may take. */
  readonly budget: number
  readonly sections: readonly SectionName[]
  /** Names of methods; all of them where it is left out. */
  readonly methods: readonly string[] | undefined
  readonly hasPeers: boolean
  readonly writesDocs: boolean
}

export const HELP = `npm run bench -- [options]

Measures Belfry's indexes and others beside them in headless Chromium, on the same passages and queries, in one run.
Prints tables in Markdown and keeps all numbers in run/bench/results. Without options it takes less than five minutes.

  --passages N      how many passages: 10000 unless said; 100000 and 1000000 take longer, up to hours with all peers
  --dimensions N    cuts the vectors to their first N numbers and brings them to length 1 again
  --text DIR        texts (*.txt.gz, a paragraph a line); ../shared/data/text unless said, generated text without it
  --seed N          of generated text and of queries made of words; 2026 unless said
  --queries N       asked of everyone: 100 of 10000 passages, 300 of more, unless said
  --budget N        CPU seconds that building one method may take; what takes longer is left out, and said so
  --only LIST       of vectors, words, engine; all of them unless said
  --methods LIST    such as scan,graph,hnswlib,voy,minisearch; plain JavaScript, whose answers are the truth, is always in
  --no-peers        leaves out what would have to be installed under bench/peers
  --write-docs      also puts tables into docs/benchmarks.md, and numbers and plots into docs/benchmarks/
  --help            says this`

/** @throws Error for options that are not among these. Nothing when help was asked for. */
export function readOptions(args: readonly string[]): BenchOptions | undefined {
  const { values } = parseArgs({
    args: [...args],
    options: {
      passages: { type: 'string', default: '10000' },
      dimensions: { type: 'string' },
      text: { type: 'string', default: '../shared/data/text' },
      seed: { type: 'string', default: '2026' },
      queries: { type: 'string' },
      budget: { type: 'string' },
      only: { type: 'string', default: SECTIONS.join(',') },
      methods: { type: 'string' },
      'no-peers': { type: 'boolean', default: false },
      'write-docs': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  })
  if (values.help) return undefined
  const passages = wholeNumber('passages', values.passages)
  return {
    passages,
    dimensions: values.dimensions === undefined ? undefined : wholeNumber('dimensions', values.dimensions),
    text: values.text,
    seed: wholeNumber('seed', values.seed),
    queries: wholeNumber('queries', values.queries ?? (passages > 10_000 ? '300' : '100')),
    budget: wholeNumber('budget', values.budget ?? String(usualBudget(passages))),
    sections: values.only.split(',').map(sectionOf),
    methods: values.methods?.split(','),
    hasPeers: !values['no-peers'],
    writesDocs: values['write-docs'],
  }
}

/** Enough at ten thousand for all but the slowest, within five minutes for everybody together. */
function usualBudget(passages: number): number {
  return passages > 10_000 ? 0.006 * passages : 35
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text)
  if (Number.isInteger(value) && value > 0) return value
  throw new Error(`expected a whole number above 0 for --${name}, got ${JSON.stringify(text)}`)
}

function sectionOf(name: string): SectionName {
  const section = SECTIONS.find(one => one === name)
  if (section !== undefined) return section
  throw new Error(`expected ${SECTIONS.join(', ')} for --only, got ${JSON.stringify(name)}`)
}
