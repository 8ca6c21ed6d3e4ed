/**
 * `npx tsx bench/lexical.ts [--text DIR] [--passages 10000,100000] [--json FILE]`: the lexical index beside one that scores
 * every document, on the same passages of real text, in one run: time of a query, of building, and memory. Needs a folder
 * of texts (`*.txt.gz`, a paragraph a line; ../shared/data/text unless said).
 */
import { writeFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { messageOf } from '../src/core/errors.ts'
import { createBm25Index } from '../src/core/lexical/bm25-index.ts'
import { createRandom } from '../src/core/training/random.ts'
import { queriesFrom, readPassages } from './passages.ts'
import { createScoreEverythingIndex } from './score-everything/score-everything-index.ts'

/** Candidates of each side of a hybrid search. */
const LIMIT = 100
const QUERIES = 300
/** Passages that the page adds at a time. */
const SLICE = 256

interface Times {
  readonly p50: number
  readonly p99: number
}

interface Measured {
  readonly passages: number
  readonly textBytes: number
  readonly buildSeconds: { readonly ours: number; readonly everything: number }
  /** Milliseconds of CPU, as are the seconds of building. The longest addition of 256 passages. */
  readonly longestAdd: number
  readonly bytes: number
  /** Milliseconds for what a hybrid search asks: the best 100, and scores and coverage of 200. */
  readonly query: { readonly ours: Times; readonly everything: Times }
  /** The same while somebody types: each query cut within its last word, or with two letters of a word swapped. */
  readonly typing: Times
  readonly misspelt: Times
  readonly phrase: Times
  /** Queries whose best ten differ between the two. */
  readonly different: number
}

async function measure(passages: readonly string[]): Promise<Measured> {
  const keys = Uint32Array.from(passages, (_, i) => i)
  const [ours, everything] = [createBm25Index(), createScoreEverythingIndex()]
  const building = await fill(ours, keys, passages)
  const filling = await fill(everything, keys, passages)
  const queries = queriesFrom(passages, QUERIES, 2026)
  const random = createRandom(7)
  const also = queries.map(() => Uint32Array.from({ length: LIMIT }, () => random.below(passages.length)))
  let different = 0
  for (const text of queries) {
    const own = await ours.match({ text, limit: 10 })
    const other = await everything.search(text, 10)
    if (own.scores.some((score, i) => Math.abs(score - (other.scores[i] ?? 0)) > 1e-4)) different++
  }
  const cut = queries.map(text => text.slice(0, -2))
  const swapped = queries.map(text => text.replace(/(.{3})(.)(.)(?=.*$)/, '$1$3$2'))
  return {
    passages: passages.length,
    textBytes: passages.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
    buildSeconds: { ours: building.seconds, everything: filling.seconds },
    longestAdd: building.longest,
    bytes: ours.bytes(),
    query: {
      ours: await timed(queries, (text, i) => ours.match({ text, limit: LIMIT, also: also[i] ?? keys })),
      everything: await timed(queries, async (text, i) => {
        const { keys: found } = await everything.search(text, LIMIT)
        const all = Uint32Array.from(new Set([...found, ...(also[i] ?? [])]))
        await everything.score(text, all)
        await everything.coverage(text, found)
        await everything.coverage(text, all)
      }),
    },
    typing: await timed(cut, text => ours.match({ text, limit: LIMIT, typing: true })),
    misspelt: await timed(swapped, text => ours.match({ text, limit: LIMIT, typing: true, corrected: true })),
    phrase: await timed(queries, text =>
      ours.select({ phrases: [text.split(' ').slice(0, 2).join(' ')], without: [] }),
    ),
    different,
  }
}

async function fill(
  index: { add(keys: Uint32Array, texts: readonly string[]): Promise<void> },
  keys: Uint32Array,
  passages: readonly string[],
): Promise<{ readonly seconds: number; readonly longest: number }> {
  const began = cpuMilliseconds()
  let longest = 0
  for (let start = 0; start < passages.length; start += SLICE) {
    const before = cpuMilliseconds()
    await index.add(keys.slice(start, start + SLICE), passages.slice(start, start + SLICE))
    longest = Math.max(longest, cpuMilliseconds() - before)
  }
  return { seconds: (cpuMilliseconds() - began) / 1000, longest }
}

/** Of all threads of the process, since others may be busy on the same cores. */
function cpuMilliseconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

async function timed(
  queries: readonly string[],
  run: (query: string, i: number) => Promise<unknown>,
): Promise<Times> {
  const times: number[] = []
  for (const [i, query] of [...queries.slice(0, 50), ...queries].entries()) {
    const before = performance.now()
    await run(query, i < 50 ? i : i - 50)
    // The first ones warm the compiler.
    if (i >= 50) times.push(performance.now() - before)
  }
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? 0
  return { p50: at(0.5), p99: at(0.99) }
}

function ms({ p50, p99 }: Times): string {
  return `${p50.toFixed(2)} / ${p99.toFixed(2)}`
}

function table(all: readonly Measured[]): string {
  const rows = all.map(one => {
    const { query, buildSeconds } = one
    const ratio = query.everything.p50 / query.ours.p50
    const cells = [
      one.passages,
      (one.textBytes / 1e6).toFixed(1),
      (one.bytes / one.textBytes).toFixed(2),
      `${buildSeconds.everything.toFixed(1)} → ${buildSeconds.ours.toFixed(1)}`,
      one.longestAdd.toFixed(0),
      ms(query.everything),
      ms(query.ours),
      `${ratio.toFixed(1)} / ${(query.everything.p99 / query.ours.p99).toFixed(1)}`,
      ms(one.typing),
      ms(one.misspelt),
      ms(one.phrase),
      one.different,
    ]
    return `| ${cells.join(' | ')} |`
  })
  return [
    `${QUERIES} queries of 2 to 5 words; times in ms, p50 / p99.`,
    '',
    '| passages | text, MB | index per byte of text | build before → after, CPU s | longest add, CPU ms | query before | query after | times faster | unfinished | misspelt | phrase | different |',
    `|${' ---: |'.repeat(12)}`,
    ...rows,
  ].join('\n')
}

try {
  const { values } = parseArgs({
    options: {
      text: { type: 'string', default: '../shared/data/text' },
      passages: { type: 'string', default: '10000,100000' },
      json: { type: 'string' },
    },
  })
  const sizes = values.passages.split(',').map(Number)
  const passages = readPassages(values.text, Math.max(...sizes))
  const measured: Measured[] = []
  for (const size of sizes) measured.push(await measure(passages.slice(0, size)))
  console.log(table(measured))
  if (values.json !== undefined) writeFileSync(values.json, `${JSON.stringify(measured, null, 2)}\n`)
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}
