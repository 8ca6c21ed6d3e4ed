/** Saves and loads one method, and removes and adds a fifth of what it holds. */
import { messageOf } from '../../src/core/errors.ts'
import type { BenchPage } from '../browser/bench-page.ts'
import { spent } from '../browser/spent.ts'
import type { Churn, VectorReport } from '../measurements.ts'
import { shareFound } from './ask-in-turn.ts'
import { type BuiltMethod, eachSlice } from './build-method.ts'
import type { VectorBenchmark } from './measure-vectors.ts'
import type { Answered } from './vector-page.ts'

/** Queries asked again. */
const SAMPLE = 20

type Part = Pick<VectorReport, 'save' | 'load' | 'churn' | 'trouble'>

/** @param truth The true ten nearest of the first queries. */
export async function changeAndStore(
  built: BuiltMethod,
  benchmark: VectorBenchmark,
  truth: readonly ReadonlySet<number>[],
): Promise<Part> {
  const { opened } = built
  const stored = opened.saves ? await attempt('Saving', () => store(built, truth)) : {}
  const churned = opened.removes ? await attempt('Changing', () => churn(built, benchmark, truth)) : {}
  const troubles = [stored, churned].flatMap(({ trouble }) => trouble ?? [])
  return { ...stored, ...churned, ...(troubles.length > 0 && { trouble: troubles.join(' ') }) }
}

async function attempt(what: string, work: () => Promise<Part>): Promise<Part> {
  try {
    return await work()
  } catch (error) {
    return { trouble: `${what} failed: ${messageOf(error)}.` }
  }
}

async function store({ page, opened }: BuiltMethod, truth: readonly ReadonlySet<number>[]): Promise<Part> {
  const save = await page.call<{ milliseconds: number; bytes: number | undefined }>('save')
  const loaded = await attempt('Loading', async () => {
    const milliseconds = await page.call<number>('load')
    const answers = await answersOf(page, opened.usual, truth.length)
    return { load: { milliseconds, recall: meanFound(answers, truth) } }
  })
  return { save, ...loaded }
}

async function churn(
  { page, opened }: BuiltMethod,
  { count, budget }: VectorBenchmark,
  truth: readonly ReadonlySet<number>[],
): Promise<{ readonly churn: Churn }> {
  const removeMilliseconds = await page.call<number>('removeFifth')
  const ghosts = (await answersOf(page, opened.usual, truth.length)).filter(keys => keys.some(isFifth)).length
  const start = await page.cpuSeconds()
  const reading = await spent(page, () => eachSlice(count, (from, end) => page.call('readRows', from, end)))
  const adding = await spent(page, async () => {
    await eachSlice(count, async (from, end) => {
      await page.call('addFifth', from, end)
      if ((await page.cpuSeconds()) - start > budget) throw new Error(`more than ${budget} CPU seconds`)
    })
    while (await page.call<boolean>('finish'));
  })
  const answers = await answersOf(page, opened.usual, truth.length)
  const addCpuSeconds = Math.max(0, adding.cpuSeconds - reading.cpuSeconds)
  return { churn: { removeMilliseconds, addCpuSeconds, ghosts, recall: meanFound(answers, truth) } }
}

export function sampleOf(truth: readonly ReadonlySet<number>[]): readonly ReadonlySet<number>[] {
  return truth.slice(0, SAMPLE)
}

async function answersOf(page: BenchPage, setting: number, count: number): Promise<number[][]> {
  return (await page.call<Answered[]>('ask', 0, count, setting, 1)).map(({ keys }) => keys)
}

function meanFound(answers: readonly number[][], truth: readonly ReadonlySet<number>[]): number {
  const shares = answers.map((keys, query) => shareFound(keys, truth[query] ?? new Set()))
  return shares.reduce((sum, share) => sum + share, 0) / shares.length
}

/** What `vector-page.ts` removes. */
function isFifth(key: number): boolean {
  return key % 5 === 1
}
