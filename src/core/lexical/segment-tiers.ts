/**
 * The segments of an index, merged by size: four of about the same size become one, as in a log-structured merge tree
 * (O'Neil et al., 1996), so that each document is written again once for every fourfold growth. The work is spread: every
 * change does a part of it that is in proportion to the change.
 */
import { bury, createLiveSegment, type LiveSegment } from './live-segment.ts'
import { type MergedSegment, mergeSegments } from './merge-segments.ts'
import type { Segment } from './segment.ts'

export interface SegmentTiers {
  /** What a search reads. */
  all(): readonly LiveSegment[]
  /** Takes in a segment whose keys are in no other; `keys` of it that were are to be removed before. */
  add(segment: Segment): void
  remove(keys: Uint32Array): void
}

/** So many segments of a tier become one; each tier holds segments four times as large as the one below. */
const FAN_IN = 4
/** Documents. A segment of this size is merged no more, which bounds the work of a step and the memory of a merge. */
const FULL = 1 << 16
/** A segment is written anew when a third of it is dead, and this many. */
const DEAD_TOLERATED = 64
/** Postings read with every change, and for each posting that it brings; a posting is read once for every tier. */
const LEAST_WORK = 20_000
const WORK_PER_POSTING = 8

interface Merge {
  readonly sources: readonly LiveSegment[]
  readonly documents: number
  readonly steps: Generator<number, MergedSegment>
}

/** @param restored What it begins with; no two of them share a living key. */
export function createSegmentTiers(restored: readonly LiveSegment[] = []): SegmentTiers {
  let segments = [...restored]
  const merges: Merge[] = []

  return {
    all: () => segments,

    add(segment) {
      if (segment.keys.length === 0) return
      segments.push(createLiveSegment(segment))
      const postings = segment.frequencies.reduce((sum, frequency) => sum + frequency, 0)
      work(LEAST_WORK + WORK_PER_POSTING * postings)
    },

    remove(keys) {
      // A key lives in one segment at most.
      for (const key of keys) segments.some(live => bury(live, key))
      segments = segments.filter(live => live.alive > 0 || isMerging(live))
      work(LEAST_WORK)
    },
  }

  function work(postings: number): void {
    let left = postings
    for (let merge = nextMerge(); merge !== undefined; merge = nextMerge()) {
      for (let step = merge.steps.next(); ; step = merge.steps.next()) {
        if (step.done === true) {
          replace(merge, step.value)
          break
        }
        left -= step.value + 1
        if (left <= 0) return
      }
    }
  }

  /** The smallest that is under way or due, so that small segments do not pile up behind a large merge. */
  function nextMerge(): Merge | undefined {
    for (const sources of due()) {
      const documents = sources.reduce((sum, { alive }) => sum + alive, 0)
      merges.push({ sources, documents, steps: mergeSegments(sources) })
    }
    return merges.toSorted((a, b) => a.documents - b.documents)[0]
  }

  function due(): LiveSegment[][] {
    const idle = segments.filter(live => !isMerging(live))
    const wasteful = idle.filter(isWasteful).map(live => [live])
    const tiers = new Map<number, LiveSegment[]>()
    for (const live of idle.filter(live => !isWasteful(live) && live.segment.keys.length < FULL)) {
      const tier = Math.floor(Math.log(Math.max(1, live.alive)) / Math.log(FAN_IN))
      tiers.set(tier, [...(tiers.get(tier) ?? []), live])
    }
    const full = [...tiers.values()].filter(tier => tier.length >= FAN_IN)
    return [...wasteful, ...full.map(tier => tier.slice(0, FAN_IN))]
  }

  function isMerging(live: LiveSegment): boolean {
    return merges.some(({ sources }) => sources.includes(live))
  }

  function replace(merge: Merge, { segment, places }: MergedSegment): void {
    merges.splice(merges.indexOf(merge), 1)
    const dead = new Uint8Array(segment.keys.length)
    merge.sources.forEach((source, i) => {
      places[i]?.forEach((place, doc) => {
        if (place >= 0 && source.dead[doc] === 1) dead[place] = 1
      })
    })
    const merged = createLiveSegment(segment, dead)
    segments = segments.filter(live => !merge.sources.includes(live))
    if (merged.alive > 0) segments.push(merged)
  }
}

function isWasteful({ segment, alive }: LiveSegment): boolean {
  const dead = segment.keys.length - alive
  return dead > DEAD_TOLERATED && dead * 3 > segment.keys.length
}
