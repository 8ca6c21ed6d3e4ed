import type { Choices } from '../core/ports/choices.ts'
import type { TableChoice } from '../core/table.ts'

/** For tests. */
export function createMemoryChoices(): Choices {
  const tables = new Map<string, TableChoice>()
  const paused = new Set<string>()
  return {
    tables: {
      all: async () => [...tables.values()],
      put: async choice => void tables.set(choice.table, choice),
      drop: async table => void tables.delete(table),
      clear: async () => tables.clear(),
    },
    paused: {
      all: async () => [...paused].toSorted(),
      put: async tab => void paused.add(tab),
      async drop(tabs) {
        for (const tab of tabs) paused.delete(tab)
      },
    },
  }
}
