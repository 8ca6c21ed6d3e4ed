import type { DocumentId } from '../core/document.ts'
import type { Hit } from '../core/ranking/answer.ts'

/** A document that is open in the preview, with the hits to step through; none when it was opened from the library. */
export interface OpenHit {
  readonly id: DocumentId
  readonly title: string
  readonly path: string
  readonly hits: readonly Hit[]
  /** Which of `hits` is shown. */
  readonly current: number
}
