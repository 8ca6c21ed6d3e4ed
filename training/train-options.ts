/** What the flags of `npm run train` mean. Each is checked before anything is read or learned. */
import type { HeadPlan, LossPlan, TrainingPlan } from '../src/core/training/training-shape.ts'
import { architectureOf } from './architecture.ts'
import type { Architecture } from './architecture.ts'
import { numberFlag, numbersFlag } from './number-flags.ts'
import type { OwnFlags, RunFlags } from './train-flags.ts'

/** Where wrong answers come from. */
export interface MiningPlan {
  readonly words: boolean
  /** Whether a model looks, and which: a finished one at the start, or the run's own behind a step. */
  readonly meaning: 'not' | 'at the start' | 'behind a step'
  /** Folder of the finished model. */
  readonly from: string | undefined
  /** The step; a part of all unless said. */
  readonly at: number | undefined
}

export interface RunOptions {
  readonly seed: number
  readonly steps: number
  readonly minutes: number | undefined
  readonly threads: number
  readonly batch: number
  readonly tokenizer: string | undefined
  readonly epochs: number
  readonly start: string | undefined
  readonly rate: number | undefined
  readonly dropout: number
  readonly architecture: Architecture
  readonly plan: TrainingPlan
  readonly mining: MiningPlan | undefined
}

export interface OwnOptions {
  readonly data: string
  /** Those of the architecture unless said. */
  readonly work: string | undefined
  readonly out: string | undefined
  /** Steps between two; 0 for never. */
  readonly checkpointEvery: number
  readonly measureEvery: number
  /** Folder of a run to go on with. */
  readonly resume: string | undefined
}

/** @throws Error naming the flag, what was expected and what came. */
export function ownOptions(flags: OwnFlags): OwnOptions {
  const every = (name: 'checkpoint-every' | 'measure-every'): number =>
    numberFlag(name, flags[name], { least: 0, most: 1e9, whole: true })
  return {
    data: flags.data,
    work: flags.work === '' ? undefined : flags.work,
    out: flags.out === '' ? undefined : flags.out,
    checkpointEvery: every('checkpoint-every'),
    measureEvery: every('measure-every'),
    resume: flags.resume === '' ? undefined : flags.resume,
  }
}

/** @throws Error naming the flag, what was expected and what came. */
export function runOptions(flags: RunFlags): RunOptions {
  const whole = (name: keyof RunFlags, most: number): number =>
    numberFlag(name, flags[name], { least: 1, most, whole: true })
  const optional = (name: keyof RunFlags, most: number): number | undefined =>
    flags[name] === '' ? undefined : numberFlag(name, flags[name], { least: 1e-9, most })
  const steps = whole('steps', 1e9)
  const architecture = architectureOf(flags.body, flags.hidden)
  return {
    seed: whole('seed', 2 ** 32 - 1),
    steps,
    minutes: optional('minutes', 1e6),
    threads: whole('threads', 64),
    batch: whole('batch', 16_384),
    tokenizer: flags.tokenizer === '' ? undefined : flags.tokenizer,
    epochs: numberFlag('epochs', flags.epochs, { least: 0, most: 1000, whole: true }),
    start: flags.start === '' ? undefined : flags.start,
    rate: optional('rate', 10),
    dropout: numberFlag('dropout', flags.dropout, { least: 0, most: 0.9 }),
    architecture,
    plan: planOf(flags, architecture),
    mining: miningOf(flags, steps),
  }
}

function planOf(flags: RunFlags, { body, dimension }: Architecture): TrainingPlan {
  return {
    body,
    head: headOf(flags),
    loss: lossOf(flags),
    negatives: flags.negatives === 'none' ? 0 : 1,
    prefixes: prefixesOf(flags.matryoshka, dimension),
  }
}

/** Standing just far enough apart: cosines of the answers of a trained model are 0.3 to 0.9, of strangers around 0. */
const MARGIN = 0.2

function lossOf(flags: RunFlags): LossPlan {
  if (choiceFlag('loss', flags.loss, ['softmax', 'triplet']) === 'triplet') {
    const margin = flags.margin === '' ? String(MARGIN) : flags.margin
    return { kind: 'triplet', margin: numberFlag('margin', margin, { least: 0.001, most: 2 }) }
  }
  refuse(flags, 'margin', '--loss triplet')
  return { kind: 'softmax' }
}

const HEAD_DROPOUT = 0.1

function headOf(flags: RunFlags): HeadPlan {
  if (choiceFlag('head', flags.head, ['linear', 'relu']) === 'relu') {
    const dropout = flags['head-dropout'] === '' ? String(HEAD_DROPOUT) : flags['head-dropout']
    return { kind: 'relu', dropout: numberFlag('head-dropout', dropout, { least: 0, most: 0.9 }) }
  }
  refuse(flags, 'head-dropout', '--head relu')
  return { kind: 'linear' }
}

function prefixesOf(value: string, dimension: number): number[] {
  if (value === '') return []
  const most = dimension - 4
  const widths = numbersFlag('matryoshka', value, { least: 4, most, whole: true })
  for (const [i, width] of widths.entries()) {
    if (width % 4 === 0 && width > (widths[i - 1] ?? 0)) continue
    throw new Error(`expected rising multiples of 4 for --matryoshka, got ${JSON.stringify(value)}`)
  }
  return widths
}

function miningOf(flags: RunFlags, steps: number): MiningPlan | undefined {
  const kind = choiceFlag('negatives', flags.negatives, ['none', 'bm25', 'model', 'both'])
  const [at, from] = [flags['mine-at'], flags['mine-from']]
  if (kind === 'none' || kind === 'bm25') {
    refuse(flags, 'mine-at', '--negatives model or both')
    refuse(flags, 'mine-from', '--negatives model or both')
    if (kind === 'none') return undefined
    return { words: true, meaning: 'not', from: undefined, at: undefined }
  }
  const words = kind === 'both'
  if (from === '') {
    const step = at === '' ? undefined : numberFlag('mine-at', at, { least: 1, most: steps, whole: true })
    return { words, meaning: 'behind a step', from: undefined, at: step }
  }
  if (at !== '') throw new Error(`expected --mine-at or --mine-from, got both: ${at} and ${from}`)
  return { words, meaning: 'at the start', from, at: undefined }
}

function choiceFlag<const T extends string>(name: string, value: string, choices: readonly T[]): T {
  const choice = choices.find(one => one === value)
  if (choice !== undefined) return choice
  throw new Error(`expected one of ${choices.join(', ')} for --${name}, got ${JSON.stringify(value)}`)
}

function refuse(flags: RunFlags, name: keyof RunFlags, only: string): void {
  if (flags[name] === '') return
  throw new Error(`expected --${name} only with ${only}, got ${JSON.stringify(flags[name])}`)
}
