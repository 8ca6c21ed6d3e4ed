/** Asks all methods the same queries, in turn. */
import { messageOf } from '../../src/core/errors.ts'
import { type Asked, timesOf } from '../measurements.ts'
import type { BuiltMethod } from './build-method.ts'
import type { VectorBenchmark } from './measure-vectors.ts'
import { SELECTIONS } from './vector-method.ts'
import type { Answered } from './vector-page.ts'

export interface AskedMethod {
  readonly name: string
  readonly asked: readonly Asked[]
  readonly trouble: { readonly trouble?: string }
}

/** One method in one setting with one filter. */
interface Series {
  readonly built: BuiltMethod
  readonly setting: number
  readonly every: 1 | 10 | 100
  readonly times: number[]
  readonly paths: Set<string>
  found: number
  trouble?: string
}

/** Queries of one turn: enough that waking a browser up is not what is measured, and over before the load changes. */
const TURN = 5
/** Turns before the first that counts: code is compiled while it is used, and some methods learn how wide to look. */
const WARMING = { usual: 2, learning: 20 }

/** The answers of the first method are the truth: for each query, the keys of the true nearest. */
export async function askInTurn(
  all: readonly BuiltMethod[],
  benchmark: VectorBenchmark,
): Promise<{ readonly methods: AskedMethod[]; readonly truth: readonly ReadonlySet<number>[] }> {
  const series: Series[] = []
  let truth: readonly ReadonlySet<number>[] | undefined
  for (const every of [1, ...SELECTIONS] as const) {
    benchmark.say(`asking everyone${every === 1 ? '' : `, one in ${every} may be found`}`)
    const part = all.flatMap(built => seriesOf(built, every))
    const answers = await takeTurns(part, benchmark)
    truth ??= answers
    series.push(...part)
  }
  const methods = all.map(({ method: { name } }) => {
    const own = series.filter(({ built }) => built.method.name === name)
    const troubles = new Set(own.flatMap(({ trouble }) => trouble ?? []))
    const trouble = troubles.size === 0 ? {} : { trouble: `Asking failed: ${[...troubles].join('; ')}.` }
    return { name, asked: own.filter(({ times }) => times.length > 0).map(summary), trouble }
  })
  return { methods, truth: truth ?? [] }
}

function seriesOf(built: BuiltMethod, every: 1 | 10 | 100): Series[] {
  const { settings, usual, hasFilters } = built.opened
  const asked = every === 1 ? settings : hasFilters ? [usual] : []
  return asked.map(setting => ({ built, setting, every, times: [], paths: new Set<string>(), found: 0 }))
}

async function takeTurns(
  series: readonly Series[],
  { queries, patience }: VectorBenchmark,
): Promise<ReadonlySet<number>[]> {
  const truths: ReadonlySet<number>[] = []
  for (const one of series) await warm(one, queries, 1000 * patience)
  for (let from = 0; from < queries; from += TURN) {
    for (const [at, one] of series.entries()) {
      // Without the truth no answer can be judged, so that one is always waited for.
      const most = at === 0 ? Infinity : 1000 * patience
      const answers = await ask(one, from, Math.min(from + TURN, queries), most)
      if (at === 0) truths.push(...answers.map(({ keys }) => new Set(keys)))
      answers.forEach((answer, i) => note(one, answer, truths[from + i] ?? new Set()))
    }
  }
  return truths
}

/** With the last queries, which come last of all again. */
async function warm(series: Series, queries: number, most: number): Promise<void> {
  const turns = series.built.opened.learns ? WARMING.learning : WARMING.usual
  for (let turn = 1; turn <= turns; turn++) {
    const from = Math.max(0, queries - TURN * turn)
    await ask(series, from, Math.min(from + TURN, queries), most)
  }
}

function note(series: Series, { milliseconds, keys, path }: Answered, truth: ReadonlySet<number>): void {
  series.times.push(milliseconds)
  series.found += shareFound(keys, truth)
  if (path !== undefined) series.paths.add(path)
}

/** Nothing from one that has failed, or has taken more than its share of time already. */
async function ask(series: Series, from: number, end: number, most: number): Promise<Answered[]> {
  const { built, setting, every, times, trouble } = series
  if (trouble !== undefined || times.reduce((sum, time) => sum + time, 0) > most) return []
  try {
    return await built.page.call<Answered[]>('ask', from, end, setting, every)
  } catch (error) {
    series.trouble = messageOf(error)
    return []
  }
}

export function shareFound(keys: readonly number[], truth: ReadonlySet<number>): number {
  return truth.size === 0 ? 1 : keys.filter(key => truth.has(key)).length / truth.size
}

function summary({ setting, every, times, found, paths }: Series): Asked {
  const path = paths.size === 0 ? {} : { path: [...paths].join(' or ') }
  return { setting, selected: 1 / every, ...timesOf(times), recall: found / times.length, ...path }
}
