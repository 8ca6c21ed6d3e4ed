import type { Snapshot, SnapshotStore } from '../core/ports/snapshots.ts'

export interface MemorySnapshots extends SnapshotStore {
  /** Changes a byte of a part, as a broken disk does. */
  damage(name: string, part: string): void
}

/** For tests. */
export function createMemorySnapshots(): MemorySnapshots {
  const stored = new Map<
    string,
    Snapshot & { readonly bytes: ReadonlyMap<string, Uint8Array<ArrayBuffer>> }
  >()
  const damaged = new Set<string>()

  return {
    open: async name => stored.get(name),

    async save(name, source) {
      const states = await source.parts()
      const bytes = new Map<string, Uint8Array<ArrayBuffer>>()
      for (const state of states) bytes.set(state.name, await source.readPart(state.name))
      const parts = states.map(state => ({
        ...state,
        async read() {
          if (damaged.has(`${name} ${state.name}`))
            throw new Error(`expected “${state.name}” whole, got it damaged`)
          return bytes.get(state.name)?.slice() ?? new Uint8Array()
        },
      }))
      const snapshot = { format: source.format, parts, bytes }
      stored.set(name, snapshot)
      return snapshot
    },

    drop: async name => void stored.delete(name),

    async size() {
      const all = Array.from(stored.values(), ({ bytes }) => Array.from(bytes.values())).flat()
      return all.reduce((sum, { length }) => sum + length, 0)
    },

    damage: (name, part) => void damaged.add(`${name} ${part}`),
  }
}
