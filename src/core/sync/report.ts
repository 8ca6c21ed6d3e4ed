/** Synchronising as its user sees it: what would be done, how far it is, and what was done. */

/** `push` changes the server alone, `pull` this device alone. */
export type SyncDirection = 'push' | 'pull' | 'both'

export interface SyncCounts {
  readonly documents: number
  readonly passages: number
  readonly removals: number
}

/** What would be done. */
export interface SyncPlan {
  readonly send: SyncCounts
  readonly take: SyncCounts
  /** Documents that were changed here and there: the later version wins, and a copy of the other is kept. */
  readonly conflicts: number
  /** Documents that have no vectors of the model in use yet. They are sent when they have. */
  readonly waiting: number
}

export interface SyncProgress {
  readonly step: 'comparing' | 'taking' | 'sending'
  /** Documents. */
  readonly done: number
  /** 0 while nobody knows. */
  readonly total: number
}

/** What was done. */
export interface SyncOutcome {
  readonly sent: SyncCounts
  readonly taken: SyncCounts
  /** Copies that were kept of what lost. */
  readonly copies: number
  readonly waiting: number
  /** On the server, but not whole: somebody is about to send them, or was cut off. They are asked for again. */
  readonly awaited: number
  /** Documents on the server that could not be understood, each with a sentence. They are left as they are. */
  readonly problems: readonly SyncProblem[]
}

export interface SyncProblem {
  readonly id: string
  readonly sentence: string
}

/** What came of one time. */
export type SyncReport = {
  /** When it ended; milliseconds since the epoch. */
  readonly at: number
  readonly direction: SyncDirection
} & (
  | { readonly kind: 'done'; readonly outcome: SyncOutcome }
  /** What was done by then stays. */
  | { readonly kind: 'failed' | 'cancelled'; readonly sentence: string }
)
