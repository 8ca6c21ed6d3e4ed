import type { SyncCounts, SyncOutcome, SyncProblem } from '../core/sync/report.ts'

type Counts = { -readonly [Name in keyof SyncCounts]: number }

/** What a run has done so far. */
export interface SyncTally {
  readonly sent: Counts
  readonly taken: Counts
  copies: number
  waiting: number
  readonly problems: SyncProblem[]
}

const NONE: SyncCounts = { documents: 0, passages: 0, removals: 0 }

export function startTally(): SyncTally {
  return { sent: { ...NONE }, taken: { ...NONE }, copies: 0, waiting: 0, problems: [] }
}

/** Counts one document of so many passages. */
export function count(counts: Counts, passages: number): void {
  counts.documents++
  counts.passages += passages
}

/** @param awaited How many documents are. */
export function outcomeOf(
  { sent, taken, copies, waiting, problems }: SyncTally,
  awaited: number,
): SyncOutcome {
  const unique = new Map(problems.map(problem => [problem.id, problem]))
  return { sent, taken, copies, waiting, awaited, problems: [...unique.values()] }
}

/** Passages that are on the way at a time, and documents: as many as make the calls around them count for little. */
const GROUP = 1000
const GROUP_DOCUMENTS = 250

/** In order, each as large as one request has room for; what is larger is alone. */
export function groupsOf<T>(items: readonly T[], passagesOf: (item: T) => number): T[][] {
  const groups: T[][] = []
  let room = 0
  for (const item of items) {
    const size = passagesOf(item)
    const last = groups.at(-1)
    if (last === undefined || size > room || last.length >= GROUP_DOCUMENTS) {
      groups.push([item])
      room = GROUP - size
    } else {
      last.push(item)
      room -= size
    }
  }
  return groups
}
