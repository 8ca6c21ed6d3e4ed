import type { DocumentId } from '../core/document.ts'
import { codeOf, type ErrorCode, messageOf } from '../core/errors.ts'
import type { FileState } from '../core/events.ts'

/** What has come of a file so far. */
export interface Intake {
  readonly stored: DocumentId[]
  /** Were in the library already, and where the first of them came from. */
  readonly known: DocumentId[]
  knownAs: string | undefined
  passages: number
  /** Paths of what its documents are nearly the same as. */
  readonly likes: string[]
  readonly problems: Problem[]
}

interface Problem {
  /** A sentence. */
  readonly reason: string
  readonly code: ErrorCode | undefined
  /** Whether it concerns a document that is stored all the same. */
  readonly isMinor: boolean
}

/** Reasons that are told; the rest are counted. */
const TOLD = 3

export function createIntake(): Intake {
  return { stored: [], known: [], knownAs: undefined, passages: 0, likes: [], problems: [] }
}

export function noteError(intake: Intake, error: unknown): void {
  intake.problems.push({ reason: messageOf(error), code: codeOf(error), isMinor: false })
}

export function noteMinor(intake: Intake, reason: string): void {
  intake.problems.push({ reason, code: undefined, isMinor: true })
}

/** The state of a file that has been read to its end, or as far as it could be. */
export function stateOf({ stored, known, knownAs, passages, likes, problems }: Intake): FileState {
  const code = problems.find(problem => problem.code !== undefined)?.code
  if (stored.length === 0 && known.length === 0) {
    const reason = problems.length > 0 ? reasonsOf(problems) : 'There is nothing in it to search.'
    return { kind: 'failed', reason, ...(code === undefined ? {} : { code }) }
  }
  if (problems.length > 0)
    return { kind: 'partly', reason: summaryOf(stored.length + known.length, problems) }
  if (stored.length === 0) return { kind: 'skipped', reason: skippedReason(known.length, knownAs) }
  return {
    kind: 'done',
    passages,
    ...(stored.length > 1 ? { documents: stored.length } : {}),
    ...(likes.length > 0 ? { reason: likeReason(stored.length, likes) } : {}),
  }
}

function likeReason(stored: number, likes: readonly string[]): string {
  if (stored === 1) return `Nearly the same as “${likes[0]}”.`
  const documents = likes.length === 1 ? 'document in it is' : 'documents in it are'
  return `${likes.length} ${documents} nearly the same as others.`
}

function skippedReason(known: number, knownAs: string | undefined): string {
  if (known > 1) return `All of its ${known} documents are already in the library.`
  return `Already in the library${knownAs === undefined ? '' : ` as “${knownAs}”`}.`
}

function summaryOf(kept: number, problems: readonly Problem[]): string {
  const lost = problems.filter(({ isMinor }) => !isMinor).length
  if (lost === 0) return reasonsOf(problems)
  return `${kept} of ${kept + lost} documents in it were taken in. ${reasonsOf(problems)}`
}

function reasonsOf(problems: readonly Problem[]): string {
  const told = problems.slice(0, TOLD).map(({ reason }) => reason)
  const left = problems.length - told.length
  return [...told, ...(left > 0 ? [`And ${left} more.`] : [])].join(' ')
}
