/** The engine as the app has it: from a key stroke to its answer, and from opening a page to the first one. */
import { type BenchPage, openBenchPage } from '../browser/bench-page.ts'
import type { BenchServer } from '../browser/bench-server.ts'
import type { Corpus } from '../corpus/corpus.ts'
import { TEXTS_A_PAGE } from '../corpus/corpus-facts.ts'
import { type EngineReport, timesOf } from '../measurements.ts'
import type { FirstAnswers, KeyStroke } from './engine-page.ts'

export interface EngineBenchmark {
  readonly server: BenchServer
  readonly corpus: Corpus
  /** What somebody types. */
  readonly queries: readonly string[]
  readonly say: (line: string) => void
}

const REOPENINGS = 5
/** Key strokes before the first that counts. */
const WARMING = 50
/** Seconds that one step may take. */
const PATIENCE = 3600

export async function measureEngine(benchmark: EngineBenchmark): Promise<EngineReport> {
  const { server, corpus, queries, say } = benchmark
  const page = await openBenchPage({
    address: `${server.address}bench/engine/engine.html`,
    patience: PATIENCE,
  })
  try {
    const before = await page.memory()
    say('storing the library')
    await fill(page, corpus)
    say('starting the engine for the first time')
    const began = performance.now()
    await page.call('start')
    await page.call('settle')
    const firstStartSeconds = (performance.now() - began) / 1000
    say('typing')
    const strokes = (await page.call<KeyStroke[]>('typeAll', queries)).slice(WARMING)
    await page.call('settle')
    const after = await page.memory()
    const stored = await page.call<number | undefined>('usage')
    say('opening it again')
    const reopened = await reopen(page, queries[0] ?? '', corpus.facts.passages)
    return {
      firstStartSeconds,
      keyStrokes: timesOf(strokes.map(({ milliseconds }) => milliseconds)),
      wholeAnswers: timesOf(strokes.map(({ whole }) => whole)),
      paths: countsOf(strokes.map(({ path }) => path ?? 'none')),
      reopened: { any: reopened.map(({ any }) => any), whole: reopened.map(({ whole }) => whole) },
      stored,
      memory: before === undefined || after === undefined ? undefined : after - before,
      troubles: await page.call<string[]>('troubles'),
    }
  } finally {
    await page.close()
  }
}

async function fill(page: BenchPage, { facts, dimension }: Corpus): Promise<void> {
  for (let at = 0; at * TEXTS_A_PAGE < facts.passages; at++) {
    await page.call('fill', at, dimension, at * TEXTS_A_PAGE)
  }
}

/** Without a network: everything is on the device. */
async function reopen(page: BenchPage, query: string, passages: number): Promise<FirstAnswers[]> {
  const answers: FirstAnswers[] = []
  for (let time = 0; time < REOPENINGS; time++) {
    await page.page.reload()
    answers.push(await page.call<FirstAnswers>('startAndAsk', query, passages))
  }
  return answers
}

function countsOf(names: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1
  return counts
}
