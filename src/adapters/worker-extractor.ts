import { wrap } from 'comlink'
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
  let worker: Worker | undefined

  function replace(): void {
    worker?.terminate()
    worker = undefined
  }

  return {
    extract(file) {
      worker ??= spawn()
      const current = worker
      return new Promise<ExtractedFile>((resolve, reject) => {
        const giveUp = (reason: string) => {
          replace()
          reject(
            failure('UnreadableFile', `“${file.name}” could not be read: ${reason}. The file was skipped.`),
          )
        }
        const died = (event: ErrorEvent) => giveUp(event.message || 'its reader stopped')
        const timer = setTimeout(
          () => giveUp(`reading took longer than ${patience / 1000} seconds`),
          patience,
        )
        current.addEventListener('error', died)
        wrap<Extractor>(current)
          .extract(plain(file))
          .then(resolve, (error: unknown) => reject(unreadable(file, error)))
          .finally(() => {
            clearTimeout(timer)
            current.removeEventListener('error', died)
          })
      })
    },
  }
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
