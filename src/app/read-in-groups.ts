import type { Job } from './ingest.ts'
import type { ReadAhead, Reader } from './read-ahead.ts'

export interface GroupReader {
  /** All that was read meanwhile, at least one; `undefined` when the queue is empty. Never rejects. */
  next(): Promise<ReadAhead[] | undefined>
  /** Gives back what was not taken in; it comes first the next time. */
  giveBack(parts: readonly ReadAhead[]): void
  /** Reads no more. Resolves with the jobs of what was read and not given out, and with those that were begun. */
  stop(): Promise<Job[]>
}

/**
 * What may be read and not taken in: enough that reading goes on while a group of small files is embedded and stored, and
 * little enough to be no burden. UTF-16 units of text; the document that goes beyond them is the last.
 */
const MOST = { parts: 16, units: 1_000_000 }

/** Goes on reading while somebody takes in what was read before. */
export function createGroupReader(reader: Reader): GroupReader {
  let waiting: ReadAhead[] = []
  let units = 0
  let filling: Promise<void> | undefined
  let stopped = false
  let arrived: (() => void) | undefined

  const hasRoom = () => {
    // What may have brought a tab down takes no others with it.
    const isSuspect = (waiting.at(-1)?.tries ?? 0) > 0
    return !stopped && !isSuspect && waiting.length < MOST.parts && units < MOST.units
  }

  function put(parts: readonly ReadAhead[]): void {
    for (const part of parts) units += unitsOf(part)
  }

  async function fill(): Promise<void> {
    while (hasRoom()) {
      const read = await reader.next()
      if (read === undefined) return
      waiting.push(read)
      put([read])
      arrived?.()
    }
  }

  function keepFilling(): Promise<void> {
    filling ??= fill().finally(() => {
      filling = undefined
    })
    return filling
  }

  function untilSomething(): Promise<unknown> {
    const came = new Promise<void>(resolve => {
      arrived = resolve
    })
    return Promise.race([came, keepFilling()])
  }

  return {
    async next() {
      if (waiting.length === 0) await untilSomething()
      if (waiting.length === 0) return undefined
      const group = waiting
      waiting = []
      units = 0
      void keepFilling()
      return group
    },
    giveBack(parts) {
      waiting = [...parts, ...waiting]
      put(parts)
    },
    async stop() {
      stopped = true
      const last = await reader.stop()
      await filling
      const jobs: Job[] = [...waiting, ...last]
      waiting = []
      return jobs.map(({ ticket, file }) => ({ ticket, file }))
    },
  }
}

function unitsOf(part: ReadAhead): number {
  return 'extracted' in part && 'id' in part.extracted ? part.extracted.text.length : 0
}
