import { type Remote, wrap } from 'comlink'
import { codeOf, failure } from '../core/errors.ts'
import type { ExtractedFile, Extractor, SourceFile } from '../core/ports.ts'

/** Milliseconds after which a file counts as unreadable. */
const PATIENCE = 60_000

/**
 * Extraction in a worker of its own, since files come from strangers: when one hangs the worker or brings it down, the
 * worker is replaced and the next file goes on.
 */
export function createWorkerExtractor(
  spawn: () => Worker = spawnExtractWorker,
  patience = PATIENCE,
): Extractor {
  let running: Running | undefined

  function start(): Running {
    const worker = spawn()
    // One proxy for the worker's whole life: when a proxy is collected, comlink closes the worker's side.
    return { worker, remote: wrap<Extractor>(worker) }
  }

  return {
    extract(file) {
      running ??= start()
      const { worker, remote } = running
      return new Promise<ExtractedFile>((resolve, reject) => {
        const giveUp = (reason: string) => {
          worker.terminate()
          if (running?.worker === worker) running = undefined
          reject(
            failure('UnreadableFile', `“${file.name}” could not be read: ${reason}. The file was skipped.`),
          )
        }
        const died = (event: ErrorEvent) => giveUp(event.message || 'its reader stopped')
        const timer = setTimeout(() => giveUp(`reading took longer than ${patience / 1000} s`), patience)
        worker.addEventListener('error', died)
        remote
          .extract(plain(file))
          .then(resolve, (error: unknown) => reject(unreadable(file, error)))
          .finally(() => {
            clearTimeout(timer)
            worker.removeEventListener('error', died)
          })
      })
    },
  }
}

interface Running {
  readonly worker: Worker
  readonly remote: Remote<Extractor>
}

/** Only what can be cloned into the worker. */
function plain({ name, path, modifiedAt, blob }: SourceFile): SourceFile {
  return { name, path, modifiedAt, blob }
}

/** A file that was moved, changed or locked after it was dropped fails with the browser's own words. */
function unreadable(file: SourceFile, error: unknown): unknown {
  if (codeOf(error) !== undefined) return error
  if (error instanceof Error && /^Not(Found|Readable)Error$/.test(error.name)) {
    return failure(
      'UnreadableFile',
      `“${file.name}” is no longer where it was, or may not be read. Add it again.`,
      error,
    )
  }
  return error
}

function spawnExtractWorker(): Worker {
  return new Worker(new URL('../../workers/extract.ts', import.meta.url), {
    type: 'module',
    name: 'belfry-extract',
  })
}
