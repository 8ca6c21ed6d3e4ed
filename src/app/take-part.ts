import { codeOf, type ErrorCode, failure, messageOf } from '../core/errors.ts'
import type { Emit, FileState, Ticket } from '../core/events.ts'
import type { ExtractedDocument } from '../core/ports/extractor.ts'
import type { CancelSignal } from './embed.ts'
import { createIntake, type Intake, noteError } from './intake.ts'
import { type Prepared, prepare } from './prepare.ts'
import type { ReadAhead } from './read-ahead.ts'
import { takeIn, type TakeInPorts } from './take-in.ts'

/** What has come so far of each file that is being taken in. */
export type Intakes = Map<Ticket, Intake>

/** These concern every file that follows. */
export const FATAL: ReadonlySet<ErrorCode | undefined> = new Set<ErrorCode>(['StorageFull', 'NewerBelfry'])

/** Embeds the documents of a group side by side; of the same document twice the first. What fails is told to whoever takes the document in. */
export function prepareAll(
  group: readonly ReadAhead[],
  intakes: Intakes,
  ports: TakeInPorts,
  emit: Emit,
  signal: CancelSignal,
): Map<ReadAhead, Promise<Prepared | undefined>> {
  const prepared = new Map<ReadAhead, Promise<Prepared | undefined>>()
  const ids = new Set<string>()
  const sums = new Map<Ticket, { done: number; total: number }>()
  for (const part of group) {
    const document = documentIn(part)
    if (document === undefined || ids.has(document.id)) continue
    ids.add(document.id)
    const before = intakes.get(part.ticket)?.passages ?? 0
    const sum = sums.get(part.ticket) ?? { done: before, total: before }
    sums.set(part.ticket, sum)
    const promise = prepare(
      document,
      ports,
      signal,
      countedIn(sum, () => {
        emit({ type: 'file-changed', ticket: part.ticket, state: { kind: 'embedding', ...sum } })
      }),
    )
    // Whoever awaits it later hears of it then.
    promise.catch(() => undefined)
    prepared.set(part, promise)
  }
  return prepared
}

/** Adds up the documents of one file, in whatever order their passages are embedded. */
function countedIn(
  sum: { done: number; total: number },
  changed: () => void,
): (done: number, total: number) => void {
  let last = { done: 0, total: 0 }
  return (done, total) => {
    sum.done += done - last.done
    sum.total += total - last.total
    last = { done, total }
    changed()
  }
}

/** Stores what was read. The last word on its file, where adding ends with it. Never rejects. */
export async function takePart(
  part: ReadAhead,
  prepared: Promise<Prepared | undefined> | undefined,
  intakes: Intakes,
  ports: TakeInPorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<FileState | undefined> {
  if (!('extracted' in part)) return undefined
  const intake = intakeOf(intakes, part.ticket)
  try {
    const document = documentIn(part)
    if (document === undefined) throw failure('UnreadableFile', reasonIn(part))
    await takeIn(part, document, await prepared, intake, ports, emit, signal)
    return undefined
  } catch (error) {
    const code = codeOf(error)
    if (code === 'Cancelled') return stateOfLeft(intake, { kind: 'cancelled' })
    if (code !== undefined && FATAL.has(code)) return { kind: 'failed', reason: messageOf(error), code }
    noteError(intake, error)
    return undefined
  }
}

/** Of a file that is given up; what was stored before stays. */
export function stateOfLeft(intake: Intake | undefined, end: FileState): FileState {
  const stored = intake?.stored.length ?? 0
  if (stored === 0 || end.kind !== 'cancelled') return end
  return { kind: 'partly', reason: `Stopped after ${stored} of its documents.` }
}

export function intakeOf(intakes: Intakes, ticket: Ticket): Intake {
  const intake = intakes.get(ticket) ?? createIntake()
  intakes.set(ticket, intake)
  return intake
}

function documentIn(part: ReadAhead): ExtractedDocument | undefined {
  return 'extracted' in part && 'id' in part.extracted ? part.extracted : undefined
}

function reasonIn(part: ReadAhead): string {
  return 'extracted' in part && 'reason' in part.extracted ? part.extracted.reason : ''
}
