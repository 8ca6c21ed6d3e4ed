/** What every way to search vectors is asked to do, in a page of its own. */
import type { KeySet } from '../../src/core/key-set.ts'

/** A filter: every `every`-th key. Some methods know it by the number, others by the keys. */
export interface Selection {
  readonly every: 10 | 100
  readonly keys: KeySet
}

export const SELECTIONS = [10, 100] as const

export interface VectorMethod {
  /** What can be set between quick and thorough, in this order; one entry where nothing can. */
  readonly settings: readonly number[]
  /** The one for filters and for what is asked after loading and changing. */
  readonly usual: number
  /** `rows` is row-major. */
  add(keys: Uint32Array, rows: Float32Array): Promise<void> | void
  /** A part of what is left to do after the last `add`; false when it is done. */
  finish?(): Promise<boolean> | boolean
  /** The keys of the nearest `count`. */
  search(query: Float32Array, count: number, setting: number): Promise<ArrayLike<number>> | ArrayLike<number>
  /** Missing where it has no filters. */
  select?(
    query: Float32Array,
    count: number,
    selection: Selection,
  ): Promise<ArrayLike<number>> | ArrayLike<number>
  /** Whether it learns from what it is asked, and so deserves more turns before the first that counts. */
  readonly learns?: boolean
  /** What it does while nobody asks. */
  rest?(): Promise<void>
  /** How the last search was done, where the method chooses. */
  path?(): string
  /** Missing where it cannot. */
  remove?(keys: Uint32Array, rows: Float32Array): Promise<void> | void
  /** Whether `remove` looks at the vectors; they are not even fetched else. */
  readonly removesByVector?: boolean
  /** Everything into IndexedDB; bytes where they are known. */
  save?(): Promise<number | undefined>
  /** Drops what is there and has back what was saved. */
  load?(): Promise<void>
  /** Bytes as it counts them itself. */
  bytes?(): number
}

export interface VectorMethodOptions {
  readonly dimension: number
  /** Vectors to come. */
  readonly count: number
}

export type CreateVectorMethod = (options: VectorMethodOptions) => Promise<VectorMethod> | VectorMethod
