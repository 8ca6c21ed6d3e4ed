import type { Emit } from '../core/events.ts'
import type { Extracted, Extractor } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { Job } from './ingest.ts'
import type { JobSource } from './waiting-line.ts'

/** What came next out of the queue: something in a file, its end, or why there is no more of it. */
export type ReadAhead = Job &
  ({ readonly extracted: Extracted } | { readonly ended: true } | { readonly error: unknown })

export interface Reader {
  /** `undefined` when the queue is empty. The one after it is being read from then on. Never rejects. */
  next(): Promise<ReadAhead | undefined>
  /** Reads no more. Resolves with the jobs that were begun, when they have been given up. */
  stop(): Promise<Job[]>
}

interface Open {
  readonly job: Job
  readonly reading: number
}

interface Begun {
  readonly job: Job
  readonly file: Promise<SourceFile>
}

/**
 * Reads the files of a queue, which may grow meanwhile, one document ahead of whoever asks.
 *
 * @param begin Called before a file is read; resolves with the file as it can be read.
 */
export function createReader(
  queue: JobSource,
  extractor: Extractor,
  emit: Emit,
  begin: (job: Job) => Promise<SourceFile> = async ({ file }) => file,
): Reader {
  let open: Open | undefined
  let upcoming: Begun | undefined
  let stopped = false
  let ahead = read()

  async function read(): Promise<ReadAhead | undefined> {
    if (stopped) return undefined
    const begun = open === undefined ? beginNext() : undefined
    const job = open?.job ?? begun?.job
    if (job === undefined) return undefined
    try {
      if (begun !== undefined) open = await openFile(begun)
      const extracted = open && (await extractor.next(open.reading))
      if (extracted !== undefined) return { ...job, extracted }
      open = undefined
      return { ...job, ended: true }
    } catch (error) {
      open = undefined
      return { ...job, error }
    }
  }

  async function openFile({ job, file }: Begun): Promise<Open> {
    upcoming = undefined
    emit({ type: 'file-changed', ticket: job.ticket, state: { kind: 'reading' } })
    const reading = await extractor.open(await file)
    // The note that one is begun is written while the other is read.
    if ((job.tries ?? 0) === 0) upcoming = beginNext()
    return { job, reading }
  }

  function beginNext(): Begun | undefined {
    if (upcoming !== undefined) return upcoming
    const job = stopped ? undefined : queue.shift()
    if (job === undefined) return undefined
    const file = begin(job)
    // Whoever reads it hears of it then.
    file.catch(() => undefined)
    return { job, file }
  }

  return {
    async next() {
      // What was added after the queue had run empty is read now.
      const current = (await ahead) ?? (await read())
      ahead = current === undefined ? Promise.resolve(undefined) : read()
      return current
    },
    async stop() {
      stopped = true
      const last = await ahead
      if (open !== undefined) await extractor.close(open.reading).catch(() => undefined)
      return [last, upcoming?.job].filter(job => job !== undefined)
    },
  }
}
