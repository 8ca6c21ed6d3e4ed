import type { KeySet } from '../key-set.ts'
import type { Saveable } from '../snapshot.ts'

/** Neighbours, best first: `scores[i]` is the cosine of the vector with `keys[i]`. */
export interface Neighbours {
  readonly keys: Uint32Array
  readonly scores: Float32Array
}

/** How the neighbours of a query were found. */
export interface SearchPath {
  /** `scan`: every vector was compared. `signs`: every vector's signs were. `graph`: links were followed. */
  readonly kind: 'scan' | 'signs' | 'graph'
  /** Vectors that the query was compared with; `undefined` where nobody counts. */
  readonly compared: number | undefined
  /** Vectors that could have been found. */
  readonly among: number
  /** Share of the true nearest that is found on this path: 1 where none can be missed, `undefined` while unknown. */
  readonly recall: number | undefined
  /** Past queries on which `recall` was measured; 0 where it needs no measuring. */
  readonly measuredOn: number
}

export interface Nearest extends Neighbours {
  readonly path: SearchPath
}

/** What an index has prepared for later searches. */
export interface Preparation {
  /** Vectors that are part of the graph, and that are to be; 0 of 0 while a scan is fast enough. */
  readonly linked: number
  readonly total: number
  /** Vectors up to which a scan is fast enough on this device. */
  readonly threshold: number
  /** Whether there is nothing left to do. */
  readonly idle: boolean
}

/**
 * Unit vectors by key. What it holds is a cache of the library: it may lag and never lead. An index may keep 16 bits of
 * a value; scores are cosines to within 5e-5.
 */
export interface VectorIndex {
  /**
   * `vectors` is row-major `keys.length × dimension`. A key that is already there gets the new vector.
   * @throws Error when a value is not finite or the length does not fit; nothing is added then.
   */
  add(keys: Uint32Array, vectors: Float32Array): Promise<void>
  /** Unknown keys are ignored. */
  remove(keys: Uint32Array): Promise<void>
  /** At most `limit` neighbours of a unit query, of those in `filter` where there is one; ties go to the smaller key. */
  search(query: Float32Array, limit: number, filter?: KeySet): Promise<Nearest>
  /** Cosines of the query with the vectors of `keys`, in their order; 0 for an unknown key. */
  score(query: Float32Array, keys: Uint32Array): Promise<Float32Array>
  /** Ascending. */
  keys(): Promise<Uint32Array>
  clear(): Promise<void>
  /** Prepares for later searches, for about `milliseconds`; missing where there is nothing to prepare. */
  tend?(milliseconds: number): Promise<Preparation>
  /** Frees what memory alone does not: a worker. Nothing may be asked afterwards. */
  close?(): void
  /** Missing where it is always filled from the library. */
  readonly saveable?: Saveable
}
