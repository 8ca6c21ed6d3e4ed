/**
 * Segments as parts of a snapshot. A segment never changes, so its part is written once and dropped when the segment was
 * merged into another; what changes is the listing, of a bit for each document.
 */
import type { PartState, Saveable } from '../snapshot.ts'
import { analysisName } from './analysis.ts'
import { createLiveSegment, livingKeysOf, type LiveSegment } from './live-segment.ts'
import type { Segment } from './segment.ts'
import { bytesOfSegment, segmentOf } from './segment-bytes.ts'
import { bytesOfListing, listingOf } from './segment-listing.ts'

/** Raised with every change to `segment.ts`, `segment-bytes.ts` or `segment-listing.ts`. */
const LAYOUT = 1
const LISTING = 'listing'
/** Below it numbers go on to count without loss. */
const MOST = 2 ** 31

/**
 * Asked while texts are added one by one, there are a few segments of each size, each a part of its own; the small ones
 * will be merged away soon, and a save in between writes them for nothing. A merge under way does not show: what it
 * reads is there until what it writes takes its place.
 *
 * The listing is given as it was told of, whatever was added and removed since; a segment that was merged away since is
 * there no more, and such a save has to begin again.
 * @param replace Called with what was restored, or with nothing.
 */
export function createSaveableSegments(
  all: () => readonly LiveSegment[],
  replace: (lives: readonly LiveSegment[]) => void,
): Saveable {
  /** Each gets the next number when it is told of for the first time; a number is the name and the version of its part. */
  const numbers = new WeakMap<Segment, number>()
  let newest = 0
  let listing = { version: 0, bytes: new Uint8Array(0) }

  function numberOf(segment: Segment): number {
    const number = numbers.get(segment) ?? ++newest
    numbers.set(segment, number)
    return number
  }

  function currentListing(): typeof listing {
    const listed = all().map(({ segment, dead }) => ({ number: numberOf(segment), dead }))
    const bytes = bytesOfListing(listed)
    if (!areSame(bytes, listing.bytes)) listing = { version: ++newest, bytes }
    return listing
  }

  return {
    get format() {
      return `belfry words ${LAYOUT}, ${analysisName()}`
    },

    async parts() {
      const { version } = currentListing()
      return [{ name: LISTING, version }, ...all().map(({ segment }) => partOf(numberOf(segment)))]
    },

    async readPart(name) {
      if (name === LISTING) return (listing.version === 0 ? currentListing() : listing).bytes.slice()
      const live = all().find(({ segment }) => partOf(numberOf(segment)).name === name)
      if (live === undefined) throw new Error(`expected the name of a part that is still there, got ${name}`)
      return bytesOfSegment(live.segment)
    },

    async restore(parts) {
      try {
        const read = await Promise.all(parts.map(async part => ({ ...part, bytes: await part.read() })))
        const { lives, ...restored } = restoredFrom(read)
        for (const { live, number } of lives) numbers.set(live.segment, number)
        newest = Math.max(newest, restored.listing.version, ...lives.map(({ number }) => number))
        listing = restored.listing
        replace(lives.map(({ live }) => live))
      } catch (error) {
        replace([])
        throw error
      }
    },
  }
}

interface ReadPart extends PartState {
  readonly bytes: Uint8Array<ArrayBuffer>
}

function partOf(number: number): PartState {
  return { name: `segment ${number}`, version: number }
}

/** @throws Error when the parts are not those of one index. */
function restoredFrom(parts: readonly ReadPart[]) {
  const byName = new Map(parts.map(part => [part.name, part]))
  const listing = byName.get(LISTING)
  if (listing === undefined) throw new Error(`expected a part with the name ${LISTING}, got none`)
  if (!isVersion(listing.version)) throw new Error(`expected a version below ${MOST}, got ${listing.version}`)
  const listed = listingOf(listing.bytes)
  if (parts.length !== listed.length + 1) {
    throw new Error(`expected ${listed.length} segments and their listing, got ${parts.length} parts`)
  }
  const lives = listed.map(({ number, dead }) => {
    const { name, version } = partOf(number)
    const part = byName.get(name)
    if (part?.version !== version || !isVersion(version)) {
      throw new Error(`expected ${name} in version ${version}, got version ${part?.version}`)
    }
    const segment = segmentOf(part.bytes)
    if (segment.keys.length !== dead.length) {
      throw new Error(`expected ${dead.length} documents in ${name}, got ${segment.keys.length}`)
    }
    return { number, live: createLiveSegment(segment, dead) }
  })
  checkKeys(lives.map(({ live }) => live))
  return { lives, listing: { version: listing.version, bytes: listing.bytes } }
}

/** A key lives in one segment at most. */
function checkKeys(lives: readonly LiveSegment[]): void {
  const all = new Uint32Array(lives.reduce((sum, { alive }) => sum + alive, 0))
  let count = 0
  for (const live of lives) {
    const keys = livingKeysOf(live)
    all.set(keys, count)
    count += keys.length
  }
  all.sort()
  const twice = all.find((key, i) => i > 0 && key === all[i - 1])
  if (twice !== undefined) throw new Error(`expected each key in one segment, got ${twice} in two`)
}

function isVersion(value: number): boolean {
  return Number.isSafeInteger(value) && value > 0 && value < MOST
}

function areSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i])
}
