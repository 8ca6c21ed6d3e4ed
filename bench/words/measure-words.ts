/** Our word index beside others, over the same texts, in one run: each in a browser of its own, asked in turn. */
import { messageOf } from '../../src/core/errors.ts'
import { type BenchPage, openBenchPage } from '../browser/bench-page.ts'
import type { BenchServer } from '../browser/bench-server.ts'
import { TEXTS_A_PAGE } from '../corpus/corpus-facts.ts'
import { spent } from '../browser/spent.ts'
import { timesOf, type WordReport } from '../measurements.ts'
import { WORD_KINDS, type WordKind } from './word-method.ts'
import type { WordMethodName } from './word-methods.ts'
import type { WordsAnswered } from './word-page.ts'
import type { WordQuery } from './word-queries.ts'

export interface WordBenchmark {
  readonly server: BenchServer
  readonly methods: readonly WordMethodName[]
  readonly count: number
  readonly queries: readonly WordQuery[]
  /** CPU seconds that building a method may take. */
  readonly budget: number
  /** Seconds that all answers of one method of one kind may take. */
  readonly patience: number
  readonly say: (line: string) => void
}

interface BuiltWords {
  readonly name: string
  readonly page: BenchPage
}

/** Queries of one turn. */
const TURN = 5
/** Waiting for one call, as seconds for a second of the budget. */
const WAITING = 2

export async function measureWords(benchmark: WordBenchmark): Promise<WordReport[]> {
  const reports = new Map<string, WordReport>()
  const built: BuiltWords[] = []
  try {
    for (const method of benchmark.methods) {
      benchmark.say(`building ${method.title}`)
      const page = await openWords(benchmark)
      built.push({ name: method.name, page })
      const report = await attempt('Building', () => build(method.name, page, benchmark))
      reports.set(method.name, { name: method.name, title: method.title, asked: [], ...report })
    }
    const ready = built.filter(({ name }) => reports.get(name)?.trouble === undefined)
    for (const kind of WORD_KINDS) {
      benchmark.say(`asking everyone for ${kind}`)
      await askInTurn(ready, kind, benchmark, reports)
    }
    for (const { name, page } of ready) {
      const stored = await attempt('Saving and loading', () => store(page))
      reports.set(name, { ...expectReport(reports, name), ...stored })
    }
  } finally {
    for (const { page } of built) await page.close()
  }
  return [...reports.values()]
}

function openWords({ server, budget }: WordBenchmark): Promise<BenchPage> {
  return openBenchPage({
    address: `${server.address}bench/blank.html`,
    module: 'bench/words/word-page.ts',
    patience: WAITING * budget,
  })
}

async function build(name: string, page: BenchPage, { count, budget }: WordBenchmark) {
  await page.call('open', name)
  const pages = Array.from({ length: Math.ceil(count / TEXTS_A_PAGE) }, (_, at) => at)
  const reading = await spent(page, async () => {
    for (const at of pages) await page.call('readTexts', at)
  })
  const before = await page.memory()
  const start = await page.cpuSeconds()
  const adding = await spent(page, async () => {
    for (const at of pages) {
      await page.call('add', at, at * TEXTS_A_PAGE)
      if ((await page.cpuSeconds()) - start < budget + reading.cpuSeconds) continue
      throw new Error(
        `more than the budget of ${budget} CPU seconds for the first ${(at + 1) * TEXTS_A_PAGE} texts`,
      )
    }
  })
  const after = await page.memory()
  const ownBytes = await page.call<number | undefined>('bytes')
  return {
    build: {
      cpuSeconds: Math.max(0, adding.cpuSeconds - reading.cpuSeconds),
      seconds: Math.max(0, adding.seconds - reading.seconds),
    },
    ...(before !== undefined && after !== undefined && { memory: after - before }),
    ...(ownBytes !== undefined && { ownBytes }),
  }
}

async function askInTurn(
  built: readonly BuiltWords[],
  kind: WordKind,
  { queries, patience }: WordBenchmark,
  reports: Map<string, WordReport>,
): Promise<void> {
  const series = built.map(one => ({
    ...one,
    times: [] as number[],
    found: 0,
    trouble: undefined as string | undefined,
  }))
  for (let from = -TURN; from < queries.length; from += TURN) {
    // The first turn is asked twice; once for the compiler.
    const part = queries.slice(Math.max(from, 0), Math.max(from, 0) + TURN)
    for (const one of series) {
      if (one.trouble !== undefined || sum(one.times) > 1000 * patience) continue
      const texts = part.map(({ text }) => text[kind])
      const answers = await one.page.call<WordsAnswered[]>('ask', kind, texts).catch((error: unknown) => {
        one.trouble = messageOf(error)
        return []
      })
      if (from < 0) continue
      one.times.push(...answers.map(({ milliseconds }) => milliseconds))
      one.found += answers.filter(({ keys }, i) => keys.includes(part[i]?.key ?? -1)).length
    }
  }
  for (const { name, times, found, trouble } of series) {
    const report = expectReport(reports, name)
    const asked = [...report.asked, { kind, ...timesOf(times), found: found / times.length }]
    const told = trouble === undefined ? {} : { trouble: `Asking failed: ${trouble}.` }
    reports.set(name, { ...report, asked: times.length === 0 ? report.asked : asked, ...told })
  }
}

async function store(page: BenchPage): Promise<Partial<WordReport>> {
  const save = await page.call<{ milliseconds: number; bytes: number | undefined }>('save')
  return { save, load: { milliseconds: await page.call<number>('load') } }
}

async function attempt<T extends object>(
  what: string,
  work: () => Promise<T>,
): Promise<T | { readonly trouble: string }> {
  try {
    return await work()
  } catch (error) {
    return { trouble: `${what} failed: ${messageOf(error)}.` }
  }
}

function expectReport(reports: ReadonlyMap<string, WordReport>, name: string): WordReport {
  return reports.get(name) ?? { name, title: name, asked: [] }
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
