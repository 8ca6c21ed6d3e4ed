/**
 * `tsx bench/trainer/run.ts [--rounds 3] [--steps 12] [--threads 2] [--python /usr/bin/python3]`: pairs a second of our
 * training step and of the same step with PyTorch, in turns on one machine, and their ratio. Needs a Python with torch
 * (Debian: python3-torch).
 */
import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { SIZES, writeWork } from './work-file.ts'

interface Measurement {
  readonly pairsPerSecond: number
  readonly losses: readonly number[]
}

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '3' },
    steps: { type: 'string', default: '12' },
    threads: { type: 'string', default: '2' },
    python: { type: 'string', default: '/usr/bin/python3' },
  },
})

/** Losses of the same steps may differ by roundings only. */
const MOST_DIFFERENCE = 0.01

if (spawnSync(values.python, ['-c', 'import torch']).status === 0) await compare()
else
  console.log(`Skipped: ${values.python} has no torch to compare with (Debian: apt install python3-torch).`)

async function compare(): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'trainer-bench-'))
  const file = join(folder, 'work.bin')
  await writeWork(file, 1)
  const arguments_ = [file, values.steps, values.threads]
  const [ours, theirs]: [Measurement[], Measurement[]] = [[], []]
  console.log(`| round | ours, pairs/s | PyTorch, pairs/s | ratio |\n| ---: | ---: | ---: | ---: |`)
  for (let round = 1; round <= Number(values.rounds); round++) {
    const own = measure(process.execPath, ['--import', 'tsx', here('our-steps.ts'), ...arguments_])
    const other = measure(values.python, [here('torch_steps.py'), ...arguments_])
    ours.push(own)
    theirs.push(other)
    console.log(rowOf(String(round), own.pairsPerSecond, other.pairsPerSecond))
    checkLosses(own, other)
  }
  console.log(rowOf('median', median(ours), median(theirs)))
  const { batch, vocabulary, dimension } = SIZES
  console.log(
    `\nBatches of ${batch}, ${vocabulary} pieces, ${dimension} dimensions, ${values.threads} threads each.`,
  )
  await rm(folder, { recursive: true })
}

function here(name: string): string {
  return fileURLToPath(new URL(name, import.meta.url))
}

/** @throws Error with what the command says when it fails. */
function measure(command: string, args: readonly string[]): Measurement {
  const { status, stdout, stderr } = spawnSync(command, args, { encoding: 'utf8' })
  if (status === 0) return JSON.parse(stdout) as Measurement
  throw new Error(`expected figures of ${command} ${args.join(' ')}, got: ${stderr}`)
}

/** @throws Error when the two have not done the same work. */
function checkLosses(own: Measurement, other: Measurement): void {
  for (const [step, loss] of own.losses.entries()) {
    const expected = other.losses[step] ?? Number.NaN
    if (Math.abs(loss - expected) <= MOST_DIFFERENCE * expected) continue
    throw new Error(`expected the loss ${expected} of PyTorch in step ${step + 1}, got ${loss}`)
  }
}

function rowOf(name: string, own: number, other: number): string {
  return `| ${name} | ${Math.round(own)} | ${Math.round(other)} | ${(own / other).toFixed(2)} |`
}

function median(all: readonly Measurement[]): number {
  const speeds = all.map(({ pairsPerSecond }) => pairsPerSecond).toSorted((a, b) => a - b)
  return speeds[Math.floor(speeds.length / 2)] ?? 0
}
