import { createExclusive } from '../core/exclusive.ts'
import type { Tabs } from '../core/ports.ts'

export interface MemoryTab extends Tabs {
  /** Ends it without a word, as a crash does. */
  end(): void
}

/** Tabs of one page, for tests. */
export function createMemoryTabs(): { readonly open: () => MemoryTab } {
  const write = createExclusive()
  const open = new Map<string, (() => void)[]>()
  let count = 0
  return {
    open() {
      const id = `tab ${++count}`
      open.set(id, [])
      return {
        id,
        write,
        living: async () => new Set(open.keys()),
        watch: ended => void open.get(id)?.push(ended),
        end() {
          open.delete(id)
          for (const listeners of open.values()) for (const ended of listeners) ended()
        },
      }
    },
  }
}
