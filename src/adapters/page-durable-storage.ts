/** Whether the browser has promised to keep what the page stores, also when the disk is full. */
export type Durability = 'unknown' | 'kept' | 'at-risk'

export interface DurableStorage {
  state(): Durability
  /** @returns The way to stop listening. */
  subscribe(listener: () => void): () => void
  /** Asks the browser for that promise; Firefox asks its user, others decide by themselves. Never rejects. */
  ask(): Promise<void>
}

/** `undefined` where the browser gives no such promise: only pages that came over https or from this device are asked. */
export function watchDurableStorage(): DurableStorage | undefined {
  // The type says that it is always there.
  const { storage } = navigator as { storage?: StorageManager }
  if (storage === undefined) return undefined
  const listeners = new Set<() => void>()
  let state: Durability = 'unknown'

  function learn(isKept: boolean): void {
    state = isKept ? 'kept' : 'at-risk'
    for (const listener of listeners) listener()
  }

  // Looking is no asking.
  storage.persisted().then(learn, () => undefined)
  return {
    state: () => state,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async ask() {
      await storage.persist().then(learn, () => undefined)
    },
  }
}
