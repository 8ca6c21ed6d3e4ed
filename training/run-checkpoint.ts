/** Everything that a run needs to go on as if it had never stopped. */
import { join } from 'node:path'
import type { Groups } from '../src/core/training/groups.ts'
import type { StepWorker } from '../src/core/training/step-worker.ts'
import { SIDES } from '../src/core/training/tower-state.ts'
import type { Parameter } from '../src/core/training/tower-state.ts'
import { readArrays, writeArrays } from './arrays-file.ts'
import type { NumberArray } from './arrays-file.ts'
import type { RunProgress, TrainingRun } from './training-run.ts'

const FILE = 'checkpoint.bin'

interface Header {
  readonly flags: Readonly<Record<string, string>>
  readonly progress: RunProgress
  readonly random: number
  readonly sources: readonly { readonly name: string; readonly at: number }[]
}

/** A run that was left, as its file tells of it. */
export interface SavedRun extends Header {
  readonly arrays: ReadonlyMap<string, NumberArray>
  /** Mined documents of the first sources, which are those of pairs; none when the run had none. */
  readonly negatives: readonly Groups[]
}

/** `flags` are those that a run must have again to go on. */
export async function saveRun(
  folder: string,
  run: TrainingRun,
  flags: Readonly<Record<string, string>>,
): Promise<void> {
  const arrays = new Map<string, NumberArray>(learnedArrays(run.trainer.worker))
  for (const [i, { place, mined }] of run.sources.entries()) {
    arrays.set(`source ${i} order`, place.order)
    if (mined === undefined) continue
    arrays.set(`source ${i} negatives offsets`, mined.byQuery.offsets)
    arrays.set(`source ${i} negatives`, mined.byQuery.items)
  }
  const sources = run.sources.map(({ name, place }) => ({ name, at: place.at }))
  const header: Header = { flags, progress: { ...run.progress }, random: run.random.state(), sources }
  await writeArrays(join(folder, FILE), { header, arrays })
}

/** @throws Error when the folder holds no run. */
export async function readRun(folder: string): Promise<SavedRun> {
  const { header, arrays } = await readArrays(join(folder, FILE))
  const saved = header as Header
  const negatives: Groups[] = []
  for (const i of saved.sources.keys()) {
    const offsets = arrays.get(`source ${i} negatives offsets`)
    const items = arrays.get(`source ${i} negatives`)
    if (offsets instanceof Int32Array && items instanceof Int32Array) negatives[i] = { offsets, items }
  }
  return { ...saved, arrays, negatives }
}

/**
 * Sets a fresh run to where the saved one was; its mined documents are the caller's.
 * @throws Error when it is another kind of run, or on other data.
 */
export function restoreRun(run: TrainingRun, saved: SavedRun): void {
  for (const [name, array] of learnedArrays(run.trainer.worker)) copy(name, saved, array)
  for (const [i, { name, place }] of run.sources.entries()) {
    const before = saved.sources[i]
    if (before?.name !== name) {
      throw new Error(`expected the source ${before?.name ?? 'none'} of the checkpoint, got ${name}`)
    }
    copy(`source ${i} order`, saved, place.order)
    place.at = before.at
  }
  Object.assign(run.progress, saved.progress)
  run.random.resume(saved.random)
}

function copy(name: string, { arrays }: SavedRun, target: NumberArray): void {
  const from = arrays.get(name)
  if (from?.length === target.length) return target.set(from)
  throw new Error(
    `expected ${target.length} numbers for ${name} in the checkpoint, got ${from?.length ?? 'none'}`,
  )
}

/** All that steps change, by name, as views of the state. */
function learnedArrays({ state, body }: StepWorker): Map<string, Float32Array> {
  const arrays = new Map<string, Float32Array>()
  const add = (name: string, { values, moments }: Parameter): void => {
    arrays.set(name, values)
    arrays.set(`${name} first moments`, moments.first)
    arrays.set(`${name} second moments`, moments.second)
  }
  add('table', state.table)
  for (const side of SIDES) {
    const tower = state.towers[side]
    add(`${side} log weights`, tower.logWeights)
    // Not to be had from their logarithms, which are rounded.
    arrays.set(`${side} weights`, tower.weights)
    add(`${side} head`, tower.head)
  }
  for (const [i, parameter] of body.parameters.entries()) add(`body ${i}`, parameter)
  return arrays
}
