import {
  DEFAULT_PASSAGES,
  type PassageOverlap,
  type PassageSettings,
  type PassageSize,
} from '../passage-settings.ts'
import type { PassageLimits } from './split-into-passages.ts'
import { type Measure, WRITTEN_WITHOUT_SPACES } from './pieces.ts'
import { isSpace } from './sentences.ts'

/** UTF-16 units of a run that the model is not asked about: no word is longer. */
const LONGEST_RUN = 60
/** Units of such a run that make a token, about. */
const UNITS_PER_TOKEN = 3
/** Share of what a tower reads that is kept for the title and the headings in front of a passage. */
const KEPT_FOR_TRAIL = 1 / 3
/** More tokens than these make a passage that says too many things, however much a tower reads. */
const MOST = 256

/** A text as what a model makes of it: runs between white space, and single characters of scripts without. */
export interface Runs {
  readonly starts: Uint32Array
  readonly ends: Uint32Array
  /** Each different run that is to be counted, once. */
  readonly words: readonly string[]
}

/** How much of a passage the next one repeats, as a share of its length. */
const OVERLAP: Readonly<Record<PassageOverlap, number>> = { none: 0, little: 1 / 8, much: 1 / 4 }
/** Short passages, as a share of normal ones. */
const SHORT = 0.4
/** Of what a tower reads, the share that long passages take. */
const LONG = 7 / 8
/** And no more tokens than these. */
const MOST_LONG = 512

/** How long passages are, and how much of the one before they begin with. */
export interface CutLimits extends PassageLimits {
  /** In the unit of the others; a passage and its overlap together have at most what one has without. */
  readonly overlap: number
}

/** How long passages are for a tower that reads `maxTokens`, of which the heading trail takes its part. */
export function tokenLimits(maxTokens: number, settings: PassageSettings = DEFAULT_PASSAGES): CutLimits {
  return limitsOf(Math.max(8, tokensAtMost(maxTokens, settings.size)), settings.overlap)
}

/** How many tokens a passage has at most. */
function tokensAtMost(maxTokens: number, size: PassageSize): number {
  const normal = Math.min(MOST, Math.floor(maxTokens * (1 - KEPT_FOR_TRAIL)))
  if (size === 'short') return Math.floor(normal * SHORT)
  return size === 'long' ? Math.min(MOST_LONG, Math.floor(maxTokens * LONG)) : normal
}

function limitsOf(whole: number, repeated: PassageOverlap): CutLimits {
  const overlap = Math.round(whole * 0.625 * OVERLAP[repeated])
  const most = whole - overlap
  return {
    target: Math.round(most * 0.625),
    most,
    units: 8 * most,
    tiny: Math.round(most / 8),
    overlap,
  }
}

export function runsOf(text: string): Runs {
  const starts: number[] = []
  const ends: number[] = []
  const words = new Set<string>()
  let start = -1
  const close = (end: number) => {
    if (start < 0) return
    starts.push(start)
    ends.push(end)
    if (end - start <= LONGEST_RUN) words.add(text.slice(start, end))
    start = -1
  }
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (isSpace(code)) close(at)
    else if (code >= 0x3040 && WRITTEN_WITHOUT_SPACES.test(text.charAt(at))) {
      close(at)
      starts.push(at)
      ends.push(at + 1)
    } else if (start < 0) start = at
  }
  close(text.length)
  return { starts: Uint32Array.from(starts), ends: Uint32Array.from(ends), words: Array.from(words) }
}

/**
 * Measures parts of `text` in tokens, in logarithmic time. A part of a run counts by its share of it, and what a model
 * makes nothing of counts by its length: it must not grow without end.
 * @param counts Of `runs.words`, in their order.
 */
export function measureInTokens(text: string, runs: Runs, counts: Uint32Array): Measure {
  const { starts, ends } = runs
  const countOf = new Map(runs.words.map((word, i) => [word, counts[i] ?? 0]))
  const sums = new Float64Array(starts.length + 1)
  for (let run = 0; run < starts.length; run++) {
    const [start = 0, end = 0] = [starts[run], ends[run]]
    const known = end - start <= LONGEST_RUN ? countOf.get(text.slice(start, end)) : undefined
    sums[run + 1] = (sums[run] as number) + (known || Math.ceil((end - start) / UNITS_PER_TOKEN))
  }

  /** Tokens before `offset`. */
  function before(offset: number): number {
    const run = lastFrom(starts, offset)
    if (run < 0) return 0
    const [start = 0, end = 0] = [starts[run], ends[run]]
    const share = Math.min(1, (offset - start) / (end - start))
    return (sums[run] as number) + share * ((sums[run + 1] as number) - (sums[run] as number))
  }

  return (_, start, end) => before(end) - before(start)
}

/** The last run that starts before `offset`, or -1. */
function lastFrom(starts: Uint32Array, offset: number): number {
  let [low, high] = [0, starts.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((starts[middle] as number) < offset) low = middle + 1
    else high = middle
  }
  return low - 1
}
