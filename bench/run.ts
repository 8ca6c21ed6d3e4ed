/** `npm run bench`: see `--help`. */
import { messageOf } from '../src/core/errors.ts'
import { browserVersion } from './browser/browser-version.ts'
import { type BenchServer, startBenchServer } from './browser/bench-server.ts'
import { type Corpus, openCorpus } from './corpus/corpus.ts'
import { startBuiltServer } from './engine/built-server.ts'
import { measureEngine } from './engine/measure-engine.ts'
import type { EngineReport } from './measurements.ts'
import { measureWords } from './words/measure-words.ts'
import { WORD_METHODS } from './words/word-methods.ts'
import { wordQueries } from './words/word-queries.ts'
import { barsOf, barsTable } from './report/bars.ts'
import { resultTables } from './report/result-tables.ts'
import { writeDocs } from './report/write-docs.ts'
import { onMachine } from './machine.ts'
import { type BenchOptions, HELP, readOptions } from './options.ts'
import { installPeers } from './peers/install-peers.ts'
import { type BenchmarkResults, keepResults, RESULTS, resultsPath } from './results.ts'
import { measureVectors } from './vectors/measure-vectors.ts'
import { VECTOR_METHODS } from './vectors/vector-methods.ts'

/** Seconds that all answers of one method in one setting may take. */
const PATIENCE = { short: 5, long: 60 }

/** Queries that are typed letter by letter. */
const TYPED = 40

const began = performance.now()

function say(line: string): void {
  console.error(`${((performance.now() - began) / 1000).toFixed(0).padStart(5)} s  ${line}`)
}

async function run(options: BenchOptions): Promise<void> {
  if (options.hasPeers) installPeers()
  const request = { ...options, dimension: options.dimensions }
  const corpus = await openCorpus(request, say)
  const server = await startBenchServer(corpus)
  try {
    const path = resultsPath(RESULTS, options.passages, corpus.dimension)
    const { queries: _queries, pages: _pages, passages: _passages, ...facts } = corpus.facts
    const head = { passages: options.passages, dimension: corpus.dimension, corpus: facts }
    let kept: BenchmarkResults | undefined
    for (const section of options.sections) {
      const measured = await measure(section, options, corpus, server)
      kept = keepResults(path, { ...head, ...measured })
    }
    say(`kept in ${path}`)
    if (kept !== undefined) console.log(resultTables(kept))
    if (kept !== undefined && barsOf(kept).length > 0) console.log(`\n${barsTable([kept])}`)
    if (options.writesDocs) writeDocs([path])
  } finally {
    await server.close()
    corpus.close()
  }
}

async function measure(
  section: BenchOptions['sections'][number],
  options: BenchOptions,
  corpus: Corpus,
  server: BenchServer,
): Promise<Partial<BenchmarkResults>> {
  const { passages: count, queries, budget, methods } = options
  const patience = count > 10_000 ? PATIENCE.long : PATIENCE.short
  const isWanted = ({ name, isPeer }: { readonly name: string; readonly isPeer: boolean }) =>
    (methods?.includes(name) ?? true) && (options.hasPeers || !isPeer)
  const browser = await browserVersion()
  switch (section) {
    case 'vectors': {
      const chosen = VECTOR_METHODS.filter(one => one.name === 'plain' || isWanted(one))
      const asked = { server, dimension: corpus.dimension, count, queries, budget, patience, say }
      return {
        vectors: await onMachine(browser, () => measureVectors({ ...asked, methods: chosen })),
      }
    }
    case 'words': {
      const chosen = WORD_METHODS.filter(isWanted)
      const asked = {
        server,
        count,
        queries: wordQueries(corpus, queries, options.seed),
        budget,
        patience,
        say,
      }
      return { words: await onMachine(browser, () => measureWords({ ...asked, methods: chosen })) }
    }
    case 'engine': {
      // The library's vectors are the model's own.
      if (corpus.dimension !== corpus.facts.modelDimension) return {}
      const typed = wordQueries(corpus, TYPED, options.seed).map(({ text }) => text.words)
      return { engine: await onMachine(browser, () => withBuiltServer(corpus, typed)) }
    }
  }
}

async function withBuiltServer(corpus: Corpus, queries: readonly string[]): Promise<EngineReport> {
  const server = await startBuiltServer(corpus)
  try {
    return await measureEngine({ server, corpus, queries, say })
  } finally {
    await server.close()
  }
}

try {
  const options = readOptions(process.argv.slice(2))
  if (options === undefined) console.log(HELP)
  else await run(options)
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}
