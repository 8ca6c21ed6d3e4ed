import type { TableChoices } from '../core/ports/table-choices.ts'
import type { TableChoice } from '../core/table.ts'

/** For tests. */
export function createMemoryTableChoices(): TableChoices {
  const choices = new Map<string, TableChoice>()
  return {
    all: async () => [...choices.values()],
    put: async choice => void choices.set(choice.table, choice),
    drop: async table => void choices.delete(table),
    clear: async () => choices.clear(),
  }
}
