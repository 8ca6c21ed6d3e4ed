/**
 * One piece of work at a time: two runs at once hang a WebGPU session for good. Queries that wait go before documents that
 * wait.
 */
import type { Tower } from '../ports/encoder.ts'

export interface RunQueue {
  /** Settles as `work` does, when its turn has come. */
  run<T>(tower: Tower, work: () => Promise<T>): Promise<T>
}

export function createRunQueue(): RunQueue {
  const waiting: Readonly<Record<Tower, (() => Promise<void>)[]>> = { query: [], document: [] }
  let busy = false

  async function drain(): Promise<void> {
    if (busy) return
    busy = true
    for (;;) {
      const next = waiting.query.shift() ?? waiting.document.shift()
      if (next === undefined) break
      await next()
    }
    busy = false
  }

  return {
    run(tower, work) {
      return new Promise((resolve, reject) => {
        waiting[tower].push(async () => {
          try {
            resolve(await work())
          } catch (error) {
            reject(error instanceof Error ? error : new Error(String(error)))
          }
        })
        void drain()
      })
    },
  }
}
