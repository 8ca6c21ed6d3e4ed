/** Which key's vector stands in which slot. */
export interface VectorSlots {
  /** Gives `key` a slot; `replaced` is the one it had, the same one where slots may be used again. */
  take(key: number): { slot: number; replaced: number | undefined }
  /** Takes `key` out; the slot that it had. */
  release(key: number): number | undefined
  slotOf(key: number): number | undefined
  /** Of a slot that is alive. */
  keyAt(slot: number): number
  /** Slots ever given: all of them are below this number. */
  size(): number
  /** What `size` will be when all of `keys`, each once, have been taken. */
  sizeAfter(keys: Iterable<number>): number
  living(): number
  /** Of the living, ascending. */
  slots(): Uint32Array
  /** Of the living, ascending. */
  keys(): Uint32Array
}

/** With `reuse`, slots that were released are given again before new ones. */
export function createVectorSlots({ reuse }: { readonly reuse: boolean }): VectorSlots {
  const slotByKey = new Map<number, number>()
  const keyBySlot: number[] = []
  const free: number[] = []

  return {
    take(key) {
      const replaced = slotByKey.get(key)
      const slot = reuse ? (replaced ?? free.pop() ?? keyBySlot.length) : keyBySlot.length
      slotByKey.set(key, slot)
      keyBySlot[slot] = key
      return { slot, replaced }
    },

    release(key) {
      const slot = slotByKey.get(key)
      if (slot === undefined) return undefined
      slotByKey.delete(key)
      if (reuse) free.push(slot)
      return slot
    },

    slotOf: key => slotByKey.get(key),
    keyAt: slot => keyBySlot[slot] as number,
    size: () => keyBySlot.length,

    sizeAfter(keys) {
      let taken = 0
      for (const key of keys) if (!reuse || !slotByKey.has(key)) taken++
      return keyBySlot.length + Math.max(0, reuse ? taken - free.length : taken)
    },

    living: () => slotByKey.size,
    slots: () => Uint32Array.from(slotByKey.values()).toSorted(),
    keys: () => Uint32Array.from(slotByKey.keys()).toSorted(),
  }
}
