/** Which key's vector stands in which slot. */
import { forEachKey, type KeySet } from '../core/key-set.ts'

export interface VectorSlots {
  /** Gives `key` a slot; `replaced` is the one it had, the same one where it may be used again. */
  take(key: number): { slot: number; replaced: number | undefined }
  /** Takes `key` out; the slot that it had. */
  release(key: number): number | undefined
  slotOf(key: number): number | undefined
  /** Of a slot that is alive. */
  keyAt(slot: number): number
  /** Slots ever given: all of them are below this number. */
  size(): number
  /** What `size` will be, at most, when all of `keys`, each once, have been taken. */
  sizeAfter(keys: Iterable<number>): number
  living(): number
  /** Of the living, ascending. */
  slots(): Uint32Array
  /** Of the living, ascending. */
  keys(): Uint32Array
  /** The living that `chosen` names. The same answer for the same set, until something changes. */
  choose(chosen: KeySet): ChosenSlots
}

export interface ChosenSlots {
  /** Slot `s` is bit `s % 32` of word `s >>> 5`. */
  readonly words: Uint32Array
  readonly size: number
}

/** Slots as they were saved: the key of each, and whether it is dead. */
export interface SavedSlots {
  readonly keys: Uint32Array
  readonly isDead: (slot: number) => boolean
}

const PAGE_SHIFT = 10
const PAGE_KEYS = 1 << PAGE_SHIFT
const FIRST_ROOM = 1024

/**
 * Slots for which `mayReuse` holds are given again after their release, before new ones. Keys are given in turn, so a
 * table of pages takes four bytes for each, where a `Map` takes forty.
 * @throws Error when a key of `saved` is alive in two slots.
 */
export function createVectorSlots(mayReuse: (slot: number) => boolean, saved?: SavedSlots): VectorSlots {
  /** One more than the slot, or 0. */
  const pages = new Map<number, Uint32Array>()
  let keyBySlot = new Uint32Array(FIRST_ROOM)
  let size = 0
  let living = 0
  let free: number[] = []
  let last: { readonly of: KeySet; readonly chosen: ChosenSlots } | undefined
  if (saved !== undefined) takeAll(saved)

  function takeAll({ keys, isDead }: SavedSlots): void {
    keyBySlot = keys.slice()
    size = keys.length
    for (const [slot, key] of keys.entries()) {
      if (isDead(slot)) free.push(slot)
      else if (slotOf(key) === undefined) setEntry(key, slot + 1)
      else throw new Error(`expected every key once, got ${key} twice`)
    }
    living = size - free.length
  }

  function slotOf(key: number): number | undefined {
    const entry = pages.get(key >>> PAGE_SHIFT)?.[key & (PAGE_KEYS - 1)] ?? 0
    return entry === 0 ? undefined : entry - 1
  }

  function setEntry(key: number, entry: number): void {
    let page = pages.get(key >>> PAGE_SHIFT)
    if (page === undefined) pages.set(key >>> PAGE_SHIFT, (page = new Uint32Array(PAGE_KEYS)))
    page[key & (PAGE_KEYS - 1)] = entry
    last = undefined
  }

  function newSlot(): number {
    if (size === keyBySlot.length) {
      const larger = new Uint32Array(Math.max(FIRST_ROOM, 2 * size))
      larger.set(keyBySlot)
      keyBySlot = larger
    }
    return size++
  }

  function spareSlot(): number | undefined {
    for (let slot = free.pop(); slot !== undefined; slot = free.pop()) if (mayReuse(slot)) return slot
    return undefined
  }

  function slots(): Uint32Array {
    const found = new Uint32Array(living)
    let count = 0
    for (let slot = 0; slot < size; slot++)
      if (slotOf(keyBySlot[slot] as number) === slot) found[count++] = slot
    return found
  }

  return {
    take(key) {
      const replaced = slotOf(key)
      const kept = replaced !== undefined && mayReuse(replaced) ? replaced : undefined
      const slot = kept ?? spareSlot() ?? newSlot()
      if (replaced === undefined) living++
      setEntry(key, slot + 1)
      keyBySlot[slot] = key
      return { slot, replaced }
    },

    release(key) {
      const slot = slotOf(key)
      if (slot === undefined) return undefined
      setEntry(key, 0)
      living--
      free.push(slot)
      return slot
    },

    slotOf,
    keyAt: slot => keyBySlot[slot] as number,
    size: () => size,

    sizeAfter(keys) {
      let taken = 0
      for (const key of keys) {
        const slot = slotOf(key)
        if (slot === undefined || !mayReuse(slot)) taken++
      }
      free = free.filter(mayReuse)
      return size + Math.max(0, taken - free.length)
    },

    living: () => living,
    slots,
    keys: () =>
      slots()
        .map(slot => keyBySlot[slot] as number)
        .toSorted(),

    choose(chosen) {
      if (last?.of === chosen) return last.chosen
      const words = new Uint32Array((size + 31) >>> 5)
      let count = 0
      forEachKey(chosen, key => {
        const slot = slotOf(key)
        if (slot === undefined) return
        words[slot >>> 5] = (words[slot >>> 5] as number) | (1 << (slot & 31))
        count++
      })
      last = { of: chosen, chosen: { words, size: count } }
      return last.chosen
    },
  }
}
