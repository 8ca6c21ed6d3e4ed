/** What the page may ask of the vector index. Where it stands comes back as `index-changed`. */
import type { IndexKind } from '../core/index-state.ts'

export interface Indexing {
  /** Asks for an `index-changed`. */
  measureIndex(): Promise<void>
  /** Stops what is done in the background; searches go on as they are. */
  stopIndexing(): Promise<void>
  /** Goes on after `stopIndexing`. */
  resumeIndexing(): Promise<void>
  /** Fills another vector index from the library and uses it from then on; resolves when that is done, or has failed. */
  chooseIndex(kind: IndexKind): Promise<void>
}
