import { messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import { search } from './search.ts'
import type { SearchPorts } from './search.ts'

export interface Searching {
  /** Answers with an event, or with two of which the second is whole; a newer search makes an older one say nothing. */
  search(query: string): Promise<void>
  /** Resolves when the search that is under way has ended. */
  quiet(): Promise<unknown>
}

/** @param ports What is there at the time of a search. */
export function createSearching(ports: () => SearchPorts, emit: Emit): Searching {
  let newest = 0
  let running: Promise<unknown> = Promise.resolve()

  async function answer(query: string): Promise<void> {
    const number = ++newest
    const isStale = () => number !== newest
    try {
      await search(query, ports(), isStale, found => emit({ type: 'search-finished', query, answer: found }))
    } catch (error) {
      if (!isStale()) emit({ type: 'search-failed', query, message: messageOf(error) })
    }
  }

  return {
    async search(query) {
      running = answer(query)
      await running
    },
    quiet: () => running,
  }
}
