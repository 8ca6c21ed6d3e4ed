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

/** Both, without what is twice, in the order of time. */
export function mergeInteractions(
  some: readonly Interaction[],
  more: readonly Interaction[],
): readonly Interaction[] {
  const byName = new Map([...some, ...more].map(entry => [nameOf(entry), entry]))
  return [...byName.values()].toSorted((a, b) => a.at - b.at)
}

/** Nobody opens two results at the same time. */
function nameOf({ at, query, opened }: Interaction): string {
  return JSON.stringify([at, query, opened.document, opened.passage])
}
