/** What a run leaves to be read: `run.jsonl`, a line a step, and `loss.svg`. */
import { appendFile, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { plotRun } from '../src/core/training/run-plot.ts'
import type { RunPoint } from '../src/core/training/run-plot.ts'
import type { StepRecord } from './training-run.ts'

const FILE = 'run.jsonl'

/** A step, with the NDCG@10 on the held-out sources where it was measured behind it. */
export interface LogRecord extends StepRecord {
  readonly ndcg10?: number
}

export interface RunLog {
  add(record: LogRecord): Promise<void>
  /** Draws all steps so far; nothing when there is none. */
  plot(title: string): Promise<void>
}

/** Begins with the steps up to `last` of the log in `before`, whatever else stands in that; with 0, anew. */
export async function openRunLog(folder: string, before: string, last: number): Promise<RunLog> {
  const path = join(folder, FILE)
  const points: RunPoint[] = last === 0 ? [] : await readPoints(join(before, FILE), last)
  await writeFile(path, points.map(lineOf).join(''))
  return {
    async add(record) {
      points.push(record)
      await appendFile(path, lineOf(record))
    },
    async plot(title) {
      if (points.length > 0) await writeFile(join(folder, 'loss.svg'), plotRun(points, title))
    },
  }
}

async function readPoints(path: string, last: number): Promise<RunPoint[]> {
  const lines = (await readFile(path, 'utf8')).split('\n')
  const points: RunPoint[] = []
  for (const line of lines) {
    const point = parsePoint(line)
    if (point !== undefined && point.step <= last) points.push(point)
  }
  return points
}

/** Undefined for a line that a kill cut short. */
function parsePoint(line: string): RunPoint | undefined {
  try {
    const point: unknown = JSON.parse(line)
    return typeof point === 'object' && point !== null && 'step' in point ? (point as RunPoint) : undefined
  } catch {
    return undefined
  }
}

function lineOf(point: RunPoint): string {
  return `${JSON.stringify(point)}\n`
}
