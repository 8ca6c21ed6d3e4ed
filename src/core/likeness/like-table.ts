import type { Saveable } from '../snapshot.ts'
import { type Bands, createBands } from './bands.ts'
import { createSaveableRows, GONE } from './saveable-rows.ts'
import { likenessOf, NEARLY_SAME, SKETCH, type Sketch } from './sketch.ts'

/** A document that is nearly the same as another one. */
export interface Like {
  readonly key: number
  /** Share of what they say that they have in common, 0.75 to 1. */
  readonly likeness: number
}

/** Sketches by a document's first key: a cache of the library that may lag and never lead. */
export interface LikeTable {
  /** `undefined` notes that the document is too short to say. A key that is already there gets the new sketch. */
  add(key: number, sketch: Sketch | undefined): void
  remove(key: number): void
  has(key: number): boolean
  /** The likest of the others that `may` lets through; of equals the smallest key. Without comparing all of them. */
  nearest(key: number, may?: (key: number) => boolean): Like | undefined
  /** Whether two documents are nearly the same. */
  areAlike(one: number, other: number): boolean
  keys(): readonly number[]
  clear(): void
  readonly saveable: Saveable
}

/** Rows that there is room for at first. */
const FEW = 256

export function createLikeTable(): LikeTable {
  /** Rows in the order in which they were added; `GONE` where a document is. All bytes 0: too short to say. */
  let keys = new Uint32Array(FEW)
  let sketches: Sketch = new Uint8Array(FEW * SKETCH)
  let count = 0
  let bands = createBands(FEW, sketches)
  const rowOf = new Map<number, number>()
  const saved = createSaveableRows(
    () => ({ keys, sketches, count }),
    rows => take(rows.keys, rows.sketches),
  )

  /** Takes the place of all rows, and makes room for as many again. */
  function take(newKeys: Uint32Array, newSketches: Uint8Array): void {
    const capacity = Math.max(FEW, 2 * newKeys.length)
    keys = new Uint32Array(capacity)
    sketches = new Uint8Array(capacity * SKETCH)
    bands = createBands(capacity, sketches)
    rowOf.clear()
    count = 0
    newKeys.forEach((key, row) => place(key, newSketches.subarray(row * SKETCH, (row + 1) * SKETCH)))
  }

  /** Leaves out the rows of documents that are gone. */
  function makeRoom(): void {
    const living = [...rowOf.values()]
    const packed = new Uint8Array(living.length * SKETCH)
    living.forEach((row, i) => packed.set(sketchAt(row), i * SKETCH))
    take(
      Uint32Array.from(living, row => keys[row] as number),
      packed,
    )
    saved.changedAll()
  }

  function place(key: number, sketch: Uint8Array): void {
    keys[count] = key
    sketches.set(sketch, count * SKETCH)
    if (key !== GONE) rowOf.set(key, count)
    if (key !== GONE && saysSomething(sketch)) bands.add(count)
    count++
  }

  function sketchAt(row: number): Sketch {
    return sketches.subarray(row * SKETCH, (row + 1) * SKETCH)
  }

  function sketchOf(key: number): Sketch | undefined {
    const row = rowOf.get(key)
    const sketch = row === undefined ? undefined : sketchAt(row)
    return sketch !== undefined && saysSomething(sketch) ? sketch : undefined
  }

  function remove(key: number): void {
    const row = rowOf.get(key)
    if (row === undefined) return
    rowOf.delete(key)
    keys[row] = GONE
    saved.changed(row)
  }

  return {
    add(key, sketch = new Uint8Array(SKETCH)) {
      if (key >= GONE) throw new Error(`expected a key below ${GONE}, got ${key}`)
      remove(key)
      if (count === keys.length) makeRoom()
      place(key, sketch)
      saved.changed(count - 1)
    },
    remove,
    has: key => rowOf.has(key),
    nearest(key, may = () => true) {
      const sketch = sketchOf(key)
      if (sketch === undefined) return undefined
      return likest(sketch, bands, row => {
        const other = keys[row] as number
        if (other === GONE || other === key || !may(other)) return undefined
        return { key: other, likeness: likenessOf(sketch, sketchAt(row)) }
      })
    },
    areAlike(one, other) {
      const [first, second] = [sketchOf(one), sketchOf(other)]
      return first !== undefined && second !== undefined && likenessOf(first, second) >= NEARLY_SAME
    },
    keys: () => [...rowOf.keys()],
    clear() {
      take(new Uint32Array(0), new Uint8Array(0))
      saved.changedAll()
    },
    saveable: saved.saveable,
  }
}

function saysSomething(sketch: Uint8Array): boolean {
  return sketch.some(byte => byte !== 0)
}

function likest(sketch: Sketch, bands: Bands, compare: (row: number) => Like | undefined): Like | undefined {
  let best: Like | undefined
  const seen = new Set<number>()
  bands.near(sketch, row => {
    if (seen.has(row)) return
    seen.add(row)
    const like = compare(row)
    if (like === undefined || like.likeness < NEARLY_SAME) return
    const isBetter =
      best === undefined ||
      like.likeness > best.likeness ||
      (like.likeness === best.likeness && like.key < best.key)
    if (isBetter) best = like
  })
  return best
}
