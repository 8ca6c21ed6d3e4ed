import { type Remote, wrap } from 'comlink'
import { codeOf, failure } from '../core/errors.ts'
import type { Extracted, Extractor } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { TableHead } from '../core/table.ts'

/** Milliseconds after which what is asked for counts as unreadable. */
const PATIENCE = 60_000

interface Running {
  readonly worker: Worker
  readonly remote: Remote<Extractor>
}

interface Reading {
  readonly running: Running
  readonly number: number
  readonly name: string
}

/**
 * Extraction in a worker of its own, since files come from strangers: when one hangs the worker or brings it down, the
 * worker is replaced and the next file goes on.
 */
export function createWorkerExtractor(
  spawn: () => Worker = spawnExtractWorker,
  patience = PATIENCE,
): Extractor {
  const readings = new Map<number, Reading>()
  let current: Running | undefined
  let opened = 0

  function start(): Running {
    const worker = spawn()
    // One proxy for the worker's whole life: when a proxy is collected, comlink closes the worker's side.
    return { worker, remote: wrap<Extractor>(worker) }
  }

  /** Asks the worker, which is replaced when it does not answer. */
  function ask<T>(running: Running, name: string, question: () => Promise<T>): Promise<T> {
    const { worker } = running
    return new Promise<T>((resolve, reject) => {
      const giveUp = (reason: string) => {
        worker.terminate()
        if (current === running) current = undefined
        reject(unreadable(name, `could not be read: ${reason}. The file was skipped.`))
      }
      const died = (event: ErrorEvent) => giveUp(event.message || 'its reader stopped')
      const timer = setTimeout(() => giveUp(`reading took longer than ${patience / 1000} s`), patience)
      worker.addEventListener('error', died)
      question()
        .then(resolve, (error: unknown) => reject(inWords(name, error)))
        .finally(() => {
          clearTimeout(timer)
          worker.removeEventListener('error', died)
        })
    })
  }

  return {
    async open(file, choices = []) {
      const running = (current ??= start())
      const number = await ask(running, file.name, () => running.remote.open(plain(file), choices))
      readings.set(++opened, { running, number, name: file.name })
      return opened
    },

    async next(reading) {
      const { running, number, name } = readings.get(reading) ?? {}
      if (running === undefined || number === undefined || name === undefined) {
        throw failure('UnreadableFile', 'This file is not being read any more.')
      }
      // A worker that was replaced in the meantime never answers.
      if (running !== current) throw unreadable(name, 'could not be read to its end: its reader was stopped.')
      const next = await ask<Extracted | undefined>(running, name, () => running.remote.next(number))
      if (next === undefined) readings.delete(reading)
      return next
    },

    async close(reading) {
      const { running, number } = readings.get(reading) ?? {}
      readings.delete(reading)
      if (running !== undefined && running === current && number !== undefined)
        await running.remote.close(number)
    },

    async head(file) {
      const running = (current ??= start())
      return ask<TableHead | undefined>(running, file.name, () => running.remote.head(plain(file)))
    },
  }
}

/** Only what can be cloned into the worker. */
function plain({ name, path, modifiedAt, blob }: SourceFile): SourceFile {
  return { name, path, modifiedAt, blob }
}

function unreadable(name: string, what: string, cause?: unknown): Error {
  return failure('UnreadableFile', `“${name}” ${what}`, cause)
}

/** A file that was moved, changed or locked after it was dropped fails with the browser's own words. */
function inWords(name: string, error: unknown): unknown {
  if (codeOf(error) !== undefined) return error
  const isGone = error instanceof Error && /^Not(Found|Readable)Error$/.test(error.name)
  return isGone
    ? unreadable(name, 'is no longer where it was, or may not be read. Add it again.', error)
    : error
}

function spawnExtractWorker(): Worker {
  return new Worker(new URL('../../workers/extract.ts', import.meta.url), {
    type: 'module',
    name: 'belfry-extract',
  })
}
