/** Which document stands in which slot of the postings, how long it is, and whether it is still there. */
export interface Slots {
  /** Gives `key` a new slot; the one it had is dead from then on. */
  add(key: number): number
  remove(key: number): void
  setLength(slot: number, length: number): void
  /** -1 for an unknown key. */
  slotOf(key: number): number
  keyAt(slot: number): number
  lengthAt(slot: number): number
  isAlive(slot: number): boolean
  /** Slots given so far, and how many of them are alive. */
  size(): number
  alive(): number
  /** Of the living; 0 when there are none. */
  meanLength(): number
  /** Ascending. */
  keys(): Uint32Array
  /** The living in their order without gaps, and the new place of every old slot (-1: dead). */
  compacted(): { slots: Slots; places: Int32Array }
}

export function createSlots(): Slots {
  const slotByKey = new Map<number, number>()
  let keyBySlot = new Uint32Array(256)
  let lengths = new Uint32Array(256)
  let living = new Uint8Array(256)
  let size = 0
  let totalLength = 0

  const slots: Slots = {
    add(key) {
      slots.remove(key)
      if (size === keyBySlot.length) grow()
      const slot = size++
      keyBySlot[slot] = key
      living[slot] = 1
      slotByKey.set(key, slot)
      return slot
    },

    remove(key) {
      const slot = slotByKey.get(key)
      if (slot === undefined) return
      slotByKey.delete(key)
      totalLength -= lengths[slot] as number
      living[slot] = 0
    },

    setLength(slot, length) {
      totalLength += length - (lengths[slot] as number)
      lengths[slot] = length
    },

    slotOf: key => slotByKey.get(key) ?? -1,
    keyAt: slot => keyBySlot[slot] as number,
    lengthAt: slot => lengths[slot] as number,
    isAlive: slot => living[slot] === 1,
    size: () => size,
    alive: () => slotByKey.size,
    meanLength: () => (slotByKey.size === 0 ? 0 : totalLength / slotByKey.size),
    keys: () => Uint32Array.from(slotByKey.keys()).toSorted(),

    compacted() {
      const others = createSlots()
      const places = new Int32Array(size).fill(-1)
      for (let slot = 0; slot < size; slot++) {
        if (living[slot] === 0) continue
        const place = others.add(keyBySlot[slot] as number)
        others.setLength(place, lengths[slot] as number)
        places[slot] = place
      }
      return { slots: others, places }
    },
  }
  return slots

  function grow(): void {
    const capacity = size * 2
    const older = { keyBySlot, lengths, living }
    keyBySlot = new Uint32Array(capacity)
    lengths = new Uint32Array(capacity)
    living = new Uint8Array(capacity)
    keyBySlot.set(older.keyBySlot)
    lengths.set(older.lengths)
    living.set(older.living)
  }
}
