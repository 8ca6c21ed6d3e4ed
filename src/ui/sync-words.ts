import type { SyncActivity } from '../core/server-state.ts'
import type { SyncCounts, SyncPlan, SyncProgress, SyncReport } from '../core/sync/report.ts'
import { formatMany } from './numbers.ts'

const STEPS: Readonly<Record<SyncProgress['step'], string>> = {
  comparing: 'Comparing with the server',
  taking: 'Fetching documents',
  sending: 'Sending documents',
}

/** What is being done; changes with the step alone, so that it can be read aloud. */
export function syncStepWords({ what, paused }: SyncActivity, progress: SyncProgress | undefined): string {
  const step = what === 'comparing' ? 'comparing' : (progress?.step ?? 'comparing')
  return paused ? 'Synchronising is paused' : STEPS[step]
}

/** What would be done, as sentences. */
export function planWords({ send, take, conflicts, waiting }: SyncPlan): readonly string[] {
  const nothing = countWords(send) === undefined && countWords(take) === undefined
  return [
    nothing ? 'Both sides have the same documents.' : undefined,
    sentence('To send: ', countWords(send)),
    sentence('To fetch: ', countWords(take)),
    conflicts === 0
      ? undefined
      : `${formatMany(conflicts, 'document was', 'documents were')} changed here and there: the later version wins, and a copy of the other is kept.`,
    waitingWords(waiting),
  ].filter(words => words !== undefined)
}

/** What came of the last time, as sentences. */
export function reportWords(report: SyncReport): readonly string[] {
  if (report.kind !== 'done') return [report.sentence]
  const { sent, taken, copies, waiting, awaited } = report.outcome
  const nothing = countWords(sent) === undefined && countWords(taken) === undefined
  return [
    nothing ? 'There was nothing to do.' : undefined,
    sentence('Sent ', countWords(sent)),
    sentence('Fetched ', countWords(taken)),
    copies === 0
      ? undefined
      : `${formatMany(copies, 'version', 'versions')} lost against a later one and ${copies === 1 ? 'is' : 'are'} kept as a copy.`,
    waitingWords(waiting),
    awaited === 0
      ? undefined
      : `${formatMany(awaited, 'document is', 'documents are')} not whole on the server yet and will be asked for again.`,
  ].filter(words => words !== undefined)
}

function waitingWords(waiting: number): string | undefined {
  if (waiting === 0) return undefined
  return `${formatMany(waiting, 'document waits', 'documents wait')} for the model before ${waiting === 1 ? 'it is' : 'they are'} sent.`
}

function sentence(beginning: string, words: string | undefined): string | undefined {
  return words && `${beginning}${words}.`
}

function countWords({ documents, passages, removals }: SyncCounts): string | undefined {
  const some =
    documents > 0 &&
    `${formatMany(documents, 'document', 'documents')} with ${formatMany(passages, 'passage', 'passages')}`
  const gone = removals > 0 && formatMany(removals, 'removal', 'removals')
  const words = [some, gone].filter(Boolean).join(' and ')
  return words === '' ? undefined : words
}
