import { createExclusive, type Exclusive } from '../core/exclusive.ts'
import type { Tabs } from '../core/ports/tabs.ts'

export interface MemoryTab extends Tabs {
  /** Ends it without a word, as a crash does: its turn goes on to the next. */
  end(): void
}

/** Tabs of one page, for tests. */
export function createMemoryTabs(): { readonly open: () => MemoryTab } {
  const exclusive = createExclusive()
  const alone = new Map<string, { readonly exclusive: Exclusive; count: number }>()
  const watching = new Map<string, (() => void)[]>()
  const leading: { readonly id: string; readonly begin: () => void }[] = []
  let count = 0
  return {
    open() {
      const id = `tab ${++count}`
      const listeners: (() => void)[] = []
      watching.set(id, listeners)
      let die: (() => void) | undefined
      const ended = new Promise<void>(resolve => {
        die = resolve
      })
      return {
        id,
        write(work) {
          const turn = exclusive(async () => {
            const done = work()
            await Promise.race([done.catch(() => undefined), ended])
            return { done }
          })
          return turn.then(({ done }) => done)
        },
        async alone(name, work, busy) {
          const one = alone.get(name) ?? { exclusive: createExclusive(), count: 0 }
          alone.set(name, one)
          if (busy !== undefined && one.count > 0) return await busy()
          one.count++
          return await one.exclusive(work).finally(() => one.count--)
        },
        living: async () => new Set(watching.keys()),
        watch: listener => void listeners.push(listener),
        lead(begin) {
          leading.push({ id, begin })
          if (leading[0]?.id === id) begin()
        },
        end() {
          watching.delete(id)
          const wasFirst = leading[0]?.id === id
          leading.splice(0, leading.length, ...leading.filter(waiting => waiting.id !== id))
          const next = leading[0]?.id
          if (wasFirst) for (const waiting of leading) if (waiting.id === next) waiting.begin()
          die?.()
          for (const others of watching.values()) for (const listener of others) listener()
        },
      }
    },
  }
}
