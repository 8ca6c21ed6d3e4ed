/** A binary heap of numbers with priorities. */

export interface Heap {
  push(item: number, priority: number): void
  /** The first entry in the order given; `undefined` when empty. */
  pop(): { readonly item: number; readonly priority: number } | undefined
}

type Precedes = (itemA: number, itemB: number, priorityA: number, priorityB: number) => boolean

export function createHeap(precedes: Precedes): Heap {
  const items: number[] = []
  const priorities: number[] = []

  function before(a: number, b: number): boolean {
    return precedes(items[a] ?? 0, items[b] ?? 0, priorities[a] ?? 0, priorities[b] ?? 0)
  }

  function swap(a: number, b: number): void {
    ;[items[a], items[b]] = [items[b] ?? 0, items[a] ?? 0]
    ;[priorities[a], priorities[b]] = [priorities[b] ?? 0, priorities[a] ?? 0]
  }

  function rise(start: number): void {
    for (let at = start; at > 0; ) {
      const parent = (at - 1) >> 1
      if (!before(at, parent)) return
      swap(at, parent)
      at = parent
    }
  }

  function sink(): void {
    for (let at = 0; ; ) {
      let first = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < items.length && before(child, first)) first = child
      }
      if (first === at) return
      swap(at, first)
      at = first
    }
  }

  return {
    push(item, priority) {
      items.push(item)
      priorities.push(priority)
      rise(items.length - 1)
    },
    pop() {
      const item = items[0]
      const priority = priorities[0]
      if (item === undefined || priority === undefined) return undefined
      swap(0, items.length - 1)
      items.pop()
      priorities.pop()
      sink()
      return { item, priority }
    },
  }
}
