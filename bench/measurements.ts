/** What the benchmarks find out, as it is written to JSON. */
import type { RunFacts } from './machine.ts'

export interface Times {
  /** Milliseconds; the tenth percentile is what an answer takes when nothing else runs. */
  readonly p10: number
  readonly p50: number
  readonly p99: number
  /** Answers that were timed. */
  readonly asked: number
}

/** One way to ask a method, and how well that went. */
export interface Asked extends Times {
  /** What was set between quick and thorough; 0 where there is nothing to set. */
  readonly setting: number
  /** Share of the vectors that a filter lets through. */
  readonly selected: number
  /** Share of the true ten nearest that were found. */
  readonly recall: number
  /** How it was done, where the method chooses. */
  readonly path?: string
}

export interface Build {
  readonly cpuSeconds: number
  readonly seconds: number
}

export interface Stored {
  readonly milliseconds: number
  readonly bytes?: number | undefined
}

/** A fifth is removed and added again. */
export interface Churn {
  readonly removeMilliseconds: number
  readonly addCpuSeconds: number
  /** Answers among twenty that named something removed. */
  readonly ghosts: number
  readonly recall: number
}

/** A method, as far as it came. */
export interface VectorReport {
  readonly name: string
  readonly title: string
  /** A sentence about what is missing. */
  readonly trouble?: string
  /** The run that it comes from, where that is another than its section's. */
  readonly earlier?: RunFacts
  readonly build?: Build
  /** Bytes that the browser's processes hold more than before. */
  readonly memory?: number
  /** Bytes as the method counts them. */
  readonly ownBytes?: number
  readonly asked: readonly Asked[]
  readonly usual: number
  readonly save?: Stored
  readonly load?: Stored & { readonly recall: number }
  readonly churn?: Churn
}

/** Queries of one kind; `found` is the share of them whose passage is among the best ten. */
export interface WordsAsked extends Times {
  readonly kind: 'words' | 'prefix' | 'typo'
  readonly found: number
}

export interface WordReport {
  readonly name: string
  readonly title: string
  readonly trouble?: string
  readonly earlier?: RunFacts
  readonly build?: Build
  readonly memory?: number
  readonly ownBytes?: number
  readonly asked: readonly WordsAsked[]
  readonly save?: Stored
  readonly load?: Stored
}

/** The engine as the app has it. */
export interface EngineReport {
  /** Seconds to have the library in IndexedDB in the indexes for the first time, and these in their snapshots. */
  readonly firstStartSeconds: number
  /** To the first results. */
  readonly keyStrokes: Times
  /** To all of them, with their marks. */
  readonly wholeAnswers: Times
  /** How meaning was searched, and how often. */
  readonly paths: Readonly<Record<string, number>>
  /** Milliseconds from asking for the page to answers, each in a page of its own. */
  readonly reopened: { readonly any: readonly number[]; readonly whole: readonly number[] }
  /** Bytes of the library, the snapshots and the model, as the browser counts them. */
  readonly stored?: number | undefined
  /** Bytes that the browser's processes hold more than with an empty page. */
  readonly memory?: number | undefined
  /** Why an index was made anew. */
  readonly troubles: readonly string[]
}

/** @param values Milliseconds in any order. */
export function timesOf(values: readonly number[]): Times {
  const sorted = values.toSorted((a, b) => a - b)
  const quantile = (share: number) => sorted[Math.floor(share * sorted.length)] ?? Number.NaN
  return { p10: quantile(0.1), p50: quantile(0.5), p99: quantile(0.99), asked: values.length }
}
