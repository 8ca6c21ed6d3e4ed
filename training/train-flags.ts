/** What `npm run train` may be told. What the flags mean is read in `train-options.ts`. */
import { availableParallelism } from 'node:os'
import { parseArgs } from 'node:util'
import { architectureOf } from './architecture.ts'
import { PRETRAINING, RECIPE } from './recipe.ts'

/** Flags that the numbers of a run depend on, with what they are unless said; '' for nothing. A resumed run keeps them. */
const RUN_DEFAULTS = {
  seed: String(RECIPE.seed),
  body: 'bag',
  hidden: '',
  steps: '',
  minutes: '',
  threads: String(Math.min(4, availableParallelism())),
  batch: '',
  tokenizer: '',
  epochs: String(PRETRAINING.epochs),
  start: '',
  rate: '',
  dropout: String(RECIPE.dropout),
  loss: 'softmax',
  margin: '',
  negatives: 'none',
  'mine-at': '',
  'mine-from': '',
  head: 'linear',
  'head-dropout': '',
  matryoshka: '',
} as const

/** The others. */
const OWN_DEFAULTS = {
  data: '../shared/data',
  work: '',
  out: '',
  'checkpoint-every': '500',
  'measure-every': '200',
  resume: '',
} as const

export type RunFlags = Readonly<Record<keyof typeof RUN_DEFAULTS, string>>
export type OwnFlags = Readonly<Record<keyof typeof OWN_DEFAULTS, string>>

/** Flags as they were given. */
export interface GivenFlags {
  readonly run: Partial<RunFlags>
  readonly own: OwnFlags
}

/** @throws Error for a flag that is not known. */
export function parseFlags(args: readonly string[]): GivenFlags {
  const names = [...Object.keys(RUN_DEFAULTS), ...Object.keys(OWN_DEFAULTS)]
  const options = Object.fromEntries(names.map(name => [name, { type: 'string' as const }]))
  const { values } = parseArgs({ args: [...args], options, strict: true })
  const pick = (defaults: object): Record<string, string> =>
    Object.fromEntries(Object.entries(values).filter(([name]) => name in defaults)) as Record<string, string>
  const own = { ...OWN_DEFAULTS, ...pick(OWN_DEFAULTS) }
  const folder = 'work' in values ? own.work : own.resume
  return { run: pick(RUN_DEFAULTS), own: { ...own, work: folder } }
}

/** @throws Error for towers that there are none of. */
export function completeFlags(given: Partial<RunFlags>): RunFlags {
  const flags = { ...RUN_DEFAULTS, ...given }
  const { steps, batch } = architectureOf(flags.body, flags.hidden)
  return { ...flags, steps: given.steps ?? String(steps), batch: given.batch ?? String(batch) }
}

/** The flags of a saved run. @throws Error when others were given. */
export function resumeFlags(saved: Readonly<Record<string, string>>, given: Partial<RunFlags>): RunFlags {
  for (const [name, value] of Object.entries(given)) {
    const before = saved[name] ?? ''
    if (value === before) continue
    const kept = before === '' ? `no --${name}` : `--${name} ${before}`
    throw new Error(`expected ${kept} as in the run that is resumed, got ${JSON.stringify(value)}`)
  }
  return { ...RUN_DEFAULTS, ...saved }
}
