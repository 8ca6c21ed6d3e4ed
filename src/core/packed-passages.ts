import type { Passage } from './document.ts'

/** A document's passages as they are stored: bounds as numbers, each heading trail once. */
export interface PackedPassages {
  /** `start` and `end` of each passage, in turn. */
  readonly bounds: Uint32Array
  /** The different heading trails, and which one each passage has. */
  readonly trails: readonly (readonly string[])[]
  readonly trailOf: Uint32Array
  /** The page of each passage, or 0; missing where none has one. */
  readonly pages?: Uint32Array
}

export function packPassages(passages: readonly Passage[]): PackedPassages {
  const bounds = new Uint32Array(passages.length * 2)
  const trailOf = new Uint32Array(passages.length)
  const trails: (readonly string[])[] = []
  const known = new Map<string, number>()
  for (const [i, passage] of passages.entries()) {
    bounds[2 * i] = passage.start
    bounds[2 * i + 1] = passage.end
    const name = JSON.stringify(passage.trail)
    const number = known.get(name) ?? trails.push(passage.trail) - 1
    known.set(name, number)
    trailOf[i] = number
  }
  const hasPages = passages.some(({ page }) => page !== undefined)
  const pages = hasPages ? Uint32Array.from(passages, ({ page = 0 }) => page) : undefined
  return { bounds, trails, trailOf, ...(pages === undefined ? {} : { pages }) }
}

/** `undefined` when there is no such passage. */
export function unpackPassage(packed: PackedPassages, i: number): Passage | undefined {
  const { bounds, trails, trailOf, pages } = packed
  const [start, end, trail] = [bounds[2 * i], bounds[2 * i + 1], trails[trailOf[i] ?? -1]]
  if (start === undefined || end === undefined || trail === undefined) return undefined
  const page = pages?.[i] ?? 0
  return { start, end, trail, ...(page === 0 ? {} : { page }) }
}

/** @throws Error when a passage has no bounds or no trail. */
export function unpackPassages(packed: PackedPassages): Passage[] {
  return Array.from(packed.trailOf, (_, i) => {
    const passage = unpackPassage(packed, i)
    if (passage !== undefined) return passage
    throw new Error(`expected bounds and a trail for passage ${i}, got none`)
  })
}
