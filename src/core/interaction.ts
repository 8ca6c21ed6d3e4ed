/** What somebody opened among what was shown: all that learning on the device knows of its user. */
import type { DocumentId } from './document.ts'

/** A passage that stood among the results. */
export interface PassageRef {
  readonly document: DocumentId
  readonly passage: number
}

/** One look at a result. */
export interface Opening {
  readonly query: string
  /** Every passage on the page, in its order. */
  readonly shown: readonly PassageRef[]
  readonly opened: PassageRef
  /** How long the document stayed open and visible. */
  readonly milliseconds: number
}

export interface Interaction extends Opening {
  /** When it was opened, in milliseconds since the epoch. */
  readonly at: number
}
