/** Where the vector index stands, as the page shows it. */
import type { Preparation } from './ports/vector-index.ts'

/** Belfry's own, or `hnswlib-wasm`, which is there to compare with. */
export type IndexKind = 'own' | 'hnswlib'

export interface IndexState {
  /** The one that answers. */
  readonly kind: IndexKind
  readonly preparation: Preparation | undefined
  /** What is being done in the background, and how much of it, in passages. */
  readonly running:
    | { readonly step: 'linking' | 'filling'; readonly done: number; readonly total: number }
    | undefined
  /** Whether somebody has stopped it. */
  readonly stopped: boolean
  /** Why the index that was picked is not used, as a sentence. */
  readonly trouble: string | undefined
}

export const FIRST_INDEX_STATE: IndexState = {
  kind: 'own',
  preparation: undefined,
  running: undefined,
  stopped: false,
  trouble: undefined,
}
