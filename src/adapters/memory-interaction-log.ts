import { type Interaction, mergeInteractions } from '../core/interaction.ts'
import type { InteractionLog } from '../core/ports/learning.ts'

/** The log in memory: for tests, and for a browser that refuses IndexedDB. */
export function createMemoryInteractionLog(capacity: number): InteractionLog {
  let entries: Interaction[] = []
  let on = true
  return {
    append: async entry => {
      entries = [...entries, structuredClone(entry)].slice(-capacity)
    },
    merge: async more => {
      entries = structuredClone(mergeInteractions(entries, more)).slice(-capacity)
    },
    all: async () => structuredClone(entries),
    size: async () => entries.length,
    clear: async () => {
      entries = []
    },
    isOn: async () => on,
    turn: async wanted => {
      on = wanted
    },
  }
}
