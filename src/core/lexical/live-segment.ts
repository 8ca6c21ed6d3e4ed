/** A segment with its tombstones: a removed document leaves its postings behind until the segment is written again. */
import { findTerm } from './dictionary.ts'
import { LANGUAGES } from './language.ts'
import { nextBlock, openCursor } from './posting-cursor.ts'
import { docOf, type Segment } from './segment.ts'

export interface LiveSegment {
  readonly segment: Segment
  /** By document: 1 when it is removed. */
  readonly dead: Uint8Array
  /** Documents that are there, and the sum of their lengths. */
  alive: number
  livingLength: number
  /** Living documents by language. */
  readonly byLanguage: Uint32Array
  /** Of terms that were asked for since the last removal: in how many living documents they are. */
  readonly livingFrequencies: Map<number, number>
}

export function createLiveSegment(
  segment: Segment,
  dead: Uint8Array = new Uint8Array(segment.keys.length),
): LiveSegment {
  let [alive, livingLength] = [0, 0]
  const byLanguage = new Uint32Array(LANGUAGES.length)
  dead.forEach((isDead, doc) => {
    if (isDead === 1) return
    alive++
    livingLength += segment.lengths[doc] as number
    countLanguage(byLanguage, segment, doc, 1)
  })
  return { segment, dead, alive, livingLength, byLanguage, livingFrequencies: new Map() }
}

/** Whether the document was there. */
export function bury(live: LiveSegment, key: number): boolean {
  const doc = docOf(live.segment, key)
  if (doc < 0 || live.dead[doc] === 1) return false
  live.dead[doc] = 1
  live.alive--
  live.livingLength -= live.segment.lengths[doc] as number
  countLanguage(live.byLanguage, live.segment, doc, -1)
  live.livingFrequencies.clear()
  return true
}

function countLanguage(counts: Uint32Array, { languages }: Segment, doc: number, step: number): void {
  const language = languages[doc] as number
  counts[language] = (counts[language] as number) + step
}

/** Ascending. */
export function livingKeysOf({ segment, dead }: LiveSegment): Uint32Array {
  return segment.keys.filter((_, doc) => dead[doc] === 0)
}

/** In how many living documents `term` is. Counted once for each term between two removals. */
export function livingFrequency(live: LiveSegment, term: string): number {
  const number = findTerm(live.segment, term)
  if (number < 0) return 0
  if (live.alive === live.segment.keys.length) return live.segment.frequencies[number] as number
  const known = live.livingFrequencies.get(number)
  if (known !== undefined) return known
  const count = countLiving(live, number)
  live.livingFrequencies.set(number, count)
  return count
}

function countLiving({ segment, dead }: LiveSegment, term: number): number {
  const cursor = openCursor(segment, term)
  let living = 0
  while (nextBlock(cursor)) {
    for (let at = 0; at < cursor.count; at++) if (dead[cursor.docs[at] as number] === 0) living++
  }
  return living
}
