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
  /** Reads no more. Resolves with the job that was being read ahead, when that has been given up. */
  stop(): Promise<Job | undefined>
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
  let open: { readonly job: Job; readonly reading: number } | undefined
  let stopped = false
  let ahead = read()

  async function read(): Promise<ReadAhead | undefined> {
    if (stopped) return undefined
    const job = open?.job ?? queue.shift()
    if (job === undefined) return undefined
    try {
      if (open === undefined) {
        emit({ type: 'file-changed', ticket: job.ticket, state: { kind: 'reading' } })
        open = { job, reading: await extractor.open(await begin(job)) }
      }
      const extracted = await extractor.next(open.reading)
      if (extracted !== undefined) return { ...job, extracted }
      open = undefined
      return { ...job, ended: true }
    } catch (error) {
      open = undefined
      return { ...job, error }
    }
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
      return last
    },
  }
}
