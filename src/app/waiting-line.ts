import type { Job } from './ingest.ts'

/** Where `ingest` takes its files from; an array fits. */
export interface JobSource {
  /** The next one. */
  shift(): Job | undefined
  /** All of them, which wait no more. */
  splice(start: 0): Job[]
}

/** Files in the order in which they are taken in. */
export interface WaitingLine extends JobSource {
  /** Before all that waits already; within them small ones come first. Gives them in that order. */
  push(jobs: readonly Job[]): readonly Job[]
  /** Behind all that waits already; within them small ones come first. */
  append(jobs: readonly Job[]): void
  size(): number
}

/**
 * Bytes up to which files are of one class. Small ones give the first results, and the files of a class stay in the order
 * of their folders: sorted by size alone, no folder would be complete before the end.
 */
const CLASSES = [64 * 1024, 1024 * 1024, 16 * 1024 * 1024]

/** What was added last comes first: somebody who adds one note while a folder is read wants to find the note. */
export function createWaitingLine(): WaitingLine {
  /** Reversed, drops and the files in them, so that the next one is at the end: taking it costs the same in a long line. */
  let drops: Job[][] = []
  let count = 0

  function shift(): Job | undefined {
    const drop = drops.at(-1)
    if (drop === undefined) return undefined
    const job = drop.pop()
    if (job === undefined) {
      drops.pop()
      return shift()
    }
    count--
    return job
  }

  return {
    shift,
    splice() {
      const left = drops.flat().toReversed()
      drops = []
      count = 0
      return left
    },
    push(jobs) {
      const ordered = smallFirst(jobs)
      count += ordered.length
      drops.push(ordered.toReversed())
      return ordered
    },
    append(jobs) {
      count += jobs.length
      drops.unshift(smallFirst(jobs).toReversed())
    },
    size: () => count,
  }
}

function smallFirst(jobs: readonly Job[]): Job[] {
  const classes = [...CLASSES, Number.POSITIVE_INFINITY].map((): Job[] => [])
  for (const job of jobs) {
    const index = CLASSES.findIndex(limit => job.file.blob.size <= limit)
    classes.at(index)?.push(job)
  }
  return classes.flat()
}
