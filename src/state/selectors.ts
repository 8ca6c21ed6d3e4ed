/** What the page says, computed from the state. Selectors of objects are remembered by their input. */
import type { DocumentId, LibraryDocument } from '../core/document.ts'
import type { SearchAnswer, SearchResult } from '../core/ranking/answer.ts'
import type { AppState, Queue, QueueEntry } from './app-state.ts'
import { settledFiles } from './reduce-queue.ts'

/** Newest first. */
export const selectDocuments: (state: AppState) => readonly LibraryDocument[] = remember(
  (state: AppState) => state.documents,
  documents => [...documents.values()].toReversed(),
)

export const selectQueueEntries: (state: AppState) => readonly QueueEntry[] = remember(
  (state: AppState) => state.queue.entries,
  entries => [...entries.values()],
)

/** How many of the library's documents can be found by now. What went wrong with one of them is told with its file. */
export function selectCoverage(state: AppState): { searchable: number; total: number } {
  const total = state.documents.size
  if (state.restore !== undefined) return { searchable: Math.min(state.restore.done, total), total }
  return { searchable: total, total }
}

/** The page is empty: nothing stored, nothing on its way. */
export function selectIsEmpty(state: AppState): boolean {
  return state.library.kind === 'open' && state.documents.size === 0 && !state.queue.running
}

/** Of each document that says nearly the same as others, these others; each of them names it in turn. */
export const selectAlike: (state: AppState) => ReadonlyMap<DocumentId, readonly LibraryDocument[]> =
  rememberPair(
    (state: AppState) => state.likes,
    (state: AppState) => state.documents,
    (likes, documents) => {
      const alike = new Map<DocumentId, LibraryDocument[]>()
      const join = (id: DocumentId, other: LibraryDocument) => {
        const known = alike.get(id)
        if (known === undefined) alike.set(id, [other])
        else known.push(other)
      }
      for (const [id, like] of likes) {
        const [one, other] = [documents.get(id), documents.get(like)]
        if (one === undefined || other === undefined) continue
        join(id, other)
        if (likes.get(like) !== id) join(like, one)
      }
      return alike
    },
  )

/** The answer to what is typed, less the documents that have been removed since; `undefined` while there is none. */
export const selectAnswer: (state: AppState) => SearchAnswer | undefined = rememberPair(
  (state: AppState) => state.search.answered,
  (state: AppState) => state.documents,
  (answered, documents) => {
    if (answered === undefined) return undefined
    const { results } = answered.answer
    const isThere = ({ id, alike = [] }: SearchResult): boolean => documents.has(id) && alike.every(isThere)
    if (results.every(isThere)) return answered.answer
    return { ...answered.answer, results: results.flatMap(result => remaining(result, documents)) }
  },
)

/** The best of those that are still there takes the place of one that is gone. */
function remaining(
  { alike = [], ...result }: SearchResult,
  documents: AppState['documents'],
): SearchResult[] {
  const [best, ...others] = [result, ...alike].filter(({ id }) => documents.has(id))
  if (best === undefined) return []
  return [others.length === 0 ? best : { ...best, alike: others }]
}

/** `waiting` means that what `selectAnswer` gives belongs to an older query. */
export function selectSearchPhase(state: AppState): 'idle' | 'waiting' | 'answered' | 'failed' {
  const query = state.search.query.trim()
  if (query === '') return 'idle'
  if (state.search.failure !== undefined) return 'failed'
  return state.search.answered?.query === query ? 'answered' : 'waiting'
}

export interface Progress {
  readonly settled: number
  readonly total: number
  /** Passages per second; `undefined` until there is something to measure. */
  readonly pace: number | undefined
  /** Seconds. */
  readonly left: number | undefined
}

/** Where adding stands, measured from its first event to its last one. */
export function progressOf(queue: Queue): Progress {
  const settled = settledFiles(queue.counts)
  const total = queue.entries.size
  const seconds = (queue.measuredAt - queue.startedAt) / 1000
  const passages = queue.passages - queue.before.passages
  const files = settled - queue.before.settled
  return {
    settled,
    total,
    pace: seconds >= 0.5 && passages > 0 ? passages / seconds : undefined,
    left: seconds >= 0.5 && files > 0 ? ((total - settled) * seconds) / files : undefined,
  }
}

/** "Reading 88 of 500 · 17% · 1,240 passages/s · 12 s left" */
export function progressSentence(queue: Queue, locale?: string): string {
  const { settled, total, pace, left } = progressOf(queue)
  const count = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
  const percent = new Intl.NumberFormat(locale, { style: 'percent' })
  const share = percent.format(total === 0 ? 0 : Math.floor((settled / total) * 100) / 100)
  if (queue.paused) return `Paused at ${count.format(settled)} of ${count.format(total)} · ${share}`
  const parts = [`Reading ${count.format(Math.min(settled + 1, total))} of ${count.format(total)}`, share]
  if (pace !== undefined) parts.push(`${count.format(pace)} passages/s`)
  if (left !== undefined && settled < total) parts.push(`${timeLeft(left, count)} left`)
  return parts.join(' · ')
}

/** "498 searchable, 2 could not be read" */
export function summarySentence(queue: Queue, locale?: string): string {
  const count = new Intl.NumberFormat(locale)
  const { done, partly, skipped, failed, cancelled } = queue.counts
  const parts = [`${count.format(done)} searchable`]
  if (partly > 0) parts.push(`${count.format(partly)} in part`)
  if (skipped > 0) parts.push(`${count.format(skipped)} skipped`)
  if (failed > 0) parts.push(`${count.format(failed)} could not be read`)
  if (cancelled > 0) parts.push(`${count.format(cancelled)} not started`)
  return parts.join(', ')
}

/** Whether something in the last adding needs a look. */
export function needsLook(queue: Queue): boolean {
  return queue.counts.failed + queue.counts.partly + queue.counts.skipped + queue.counts.cancelled > 0
}

function timeLeft(seconds: number, count: Intl.NumberFormat): string {
  if (seconds < 90) return `${count.format(Math.max(1, Math.ceil(seconds)))} s`
  return `${count.format(Math.round(seconds / 60))} min`
}

function remember<S, I, O>(input: (state: S) => I, compute: (input: I) => O): (state: S) => O {
  let last: { readonly input: I; readonly output: O } | undefined
  return state => {
    const current = input(state)
    if (last === undefined || last.input !== current) last = { input: current, output: compute(current) }
    return last.output
  }
}

function rememberPair<S, A, B, O>(
  first: (state: S) => A,
  second: (state: S) => B,
  compute: (a: A, b: B) => O,
): (state: S) => O {
  let last: { readonly a: A; readonly b: B; readonly output: O } | undefined
  return state => {
    const a = first(state)
    const b = second(state)
    if (last === undefined || last.a !== a || last.b !== b) last = { a, b, output: compute(a, b) }
    return last.output
  }
}
