import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type LibraryDocument, parseDocumentId, type SpaceId } from '../core/document.ts'
import type { EvaluationReport } from '../core/evaluation/report.ts'
import type { BelfryEvent, FileState } from '../core/events.ts'
import type { SearchAnswer } from '../core/ranking/answer.ts'
import { FIRST_STATE, NO_FILES } from './app-state.ts'
import { type AppEvent, reduce, reduceAll } from './reduce.ts'

function documentNumber(n: number): LibraryDocument {
  return {
    id: parseDocumentId(n.toString(16).padStart(64, '0')),
    title: `Document ${n}`,
    name: `${n}.md`,
    path: `${n}.md`,
    mediaType: 'text/markdown',
    bytes: 10,
    modifiedAt: 0,
    addedAt: 0,
    passageCount: 2,
    firstKey: n * 2,
    space: 'space' as SpaceId,
  }
}

const ANSWER: SearchAnswer = {
  results: [],
  isWhole: true,
  strength: 'none',
  milliseconds: 1,
  documents: 0,
  passages: 0,
}

function queued(...tickets: number[]): BelfryEvent {
  const files = tickets.map(ticket => ({ ticket, name: `${ticket}.md`, path: `${ticket}.md` }))
  return { type: 'files-queued', files }
}

function changed(ticket: number, state: FileState): BelfryEvent {
  return { type: 'file-changed', ticket, state }
}

function after(...events: AppEvent[]) {
  return reduceAll(FIRST_STATE, events, 1000)
}

describe('search', () => {
  it('shows the answer to what is typed', () => {
    const state = after(
      { type: 'query-typed', query: ' bread ' },
      { type: 'search-finished', query: 'bread', answer: ANSWER },
    )
    expect(state.search.answered?.answer).toBe(ANSWER)
  })

  it('ignores an answer to a query that is no longer typed', () => {
    const state = after(
      { type: 'query-typed', query: 'bread' },
      { type: 'query-typed', query: 'bread and' },
      { type: 'search-finished', query: 'bread', answer: ANSWER },
      { type: 'search-failed', query: 'bread', message: 'No.' },
    )
    expect(state.search).toEqual({ query: 'bread and', answered: undefined, failure: undefined })
  })

  it('forgets why a search failed as soon as something else is typed', () => {
    const failed = after(
      { type: 'query-typed', query: 'a' },
      { type: 'search-failed', query: 'a', message: 'No.' },
    )
    expect(failed.search.failure).toBe('No.')
    expect(reduce(failed, { type: 'query-typed', query: 'ab' }, 0).search.failure).toBeUndefined()
  })
})

describe('library', () => {
  it('keeps a document once, however often it is added', () => {
    const [one, two] = [documentNumber(1), documentNumber(2)]
    const state = after(
      { type: 'library-opened', documents: [one] },
      { type: 'document-added', document: two },
      { type: 'document-added', document: { ...one, title: 'New' } },
    )
    expect([...state.documents.values()].map(document => document.title)).toEqual(['New', 'Document 2'])
  })

  it('offers a removal to be undone until the document is back', () => {
    const document = documentNumber(1)
    const { id, title } = document
    const removed = after(
      { type: 'library-opened', documents: [document] },
      { type: 'document-removed', id, title, undoable: true },
    )
    expect(removed.documents.size).toBe(0)
    expect(removed.removal).toEqual({ id, title, undoable: true })
    expect(reduce(removed, { type: 'document-added', document }, 0).removal).toBeUndefined()
  })

  it('forgets documents, results and examples when it is cleared', () => {
    const state = after(
      { type: 'library-opened', documents: [documentNumber(1)] },
      { type: 'samples-offered', queries: ['bread'] },
      { type: 'query-typed', query: 'bread' },
      { type: 'search-finished', query: 'bread', answer: ANSWER },
      { type: 'library-cleared' },
    )
    expect(state.documents.size).toBe(0)
    expect(state.search).toEqual(FIRST_STATE.search)
    expect(state.exampleQueries).toEqual([])
  })

  it('tells of a full disk until something is removed', () => {
    const full = after(queued(1), changed(1, { kind: 'failed', reason: 'Full.', code: 'StorageFull' }))
    expect(full.storageFull).toBe(true)
    const { id, title } = documentNumber(1)
    expect(reduce(full, { type: 'document-removed', id, title, undoable: true }, 0).storageFull).toBe(false)
  })

  it('shows a command that failed as a sentence, and a full disk with its own notice', () => {
    const state = after({ type: 'command-failed', code: 'Unknown', message: 'It did not work.' })
    expect([state.trouble, state.storageFull]).toEqual(['It did not work.', false])
    const full = after({ type: 'command-failed', code: 'StorageFull', message: 'Full.' })
    expect([full.trouble, full.storageFull]).toEqual([undefined, true])
  })
})

describe('queue', () => {
  it('lets files that arrive meanwhile join, and begins anew afterwards', () => {
    const joined = after(queued(1), queued(2))
    expect(joined.queue.entries.size).toBe(2)
    const ends = [changed(1, { kind: 'done', passages: 3 }), changed(2, { kind: 'cancelled' })]
    const done = reduceAll(joined, ends, 2)
    expect(reduce(done, queued(3), 3).queue.entries.size).toBe(1)
  })

  it('runs again when a file is retried, and measures its pace from then on', () => {
    const failed = after(queued(1), changed(1, { kind: 'failed', reason: 'No.' }))
    expect(failed.queue.running).toBe(false)
    const again = reduce(failed, changed(1, { kind: 'queued' }), 5000)
    expect(again.queue).toMatchObject({ running: true, startedAt: 5000, summaryDismissed: false })
  })

  it('runs until no file needs work, also when a run ends earlier', () => {
    const between = after(queued(1, 2), changed(1, { kind: 'done', passages: 1 }), {
      type: 'ingest-finished',
    })
    expect(between.queue.running).toBe(true)
    expect(reduce(between, changed(2, { kind: 'cancelled' }), 0).queue.running).toBe(false)
  })

  it('ignores a file that it does not know', () => {
    expect(after(changed(7, { kind: 'reading' })).queue).toBe(FIRST_STATE.queue)
  })

  it('counts as a count from scratch does, whatever happens in whatever batches', () => {
    const kinds: FileState[] = [
      { kind: 'queued' },
      { kind: 'reading' },
      { kind: 'embedding', done: 2, total: 5 },
      { kind: 'done', passages: 5 },
      { kind: 'partly', reason: 'x' },
      { kind: 'skipped', reason: 'x' },
      { kind: 'failed', reason: 'x' },
      { kind: 'cancelled' },
    ]
    const ticket = fc.integer({ min: 0, max: 9 })
    const event: fc.Arbitrary<AppEvent> = fc.oneof(
      fc.tuple(ticket, fc.constantFrom(...kinds)).map(([n, state]) => changed(n, state)),
      ticket.map(n => queued(n)),
      fc.constant<AppEvent>({ type: 'ingest-finished' }),
    )
    fc.assert(
      fc.property(fc.array(fc.array(event)), batches => {
        const { queue } = batches.reduce((state, batch) => reduceAll(state, batch, 1), FIRST_STATE)
        const states = [...queue.entries.values()].map(entry => entry.state)
        const counts: Record<string, number> = { ...NO_FILES }
        for (const { kind } of states) counts[kind] = (counts[kind] ?? 0) + 1
        expect(queue.counts).toEqual(counts)
        const passages = states.map(state =>
          state.kind === 'embedding' ? state.done : state.kind === 'done' ? state.passages : 0,
        )
        expect(queue.passages).toBe(passages.reduce((sum, n) => sum + n, 0))
      }),
      { seed: 1 },
    )
  })
})

describe('batches', () => {
  it('never change a state that was handed out', () => {
    const before = after(queued(1), { type: 'library-opened', documents: [documentNumber(1)] })
    const files = [...before.queue.entries.values()]
    reduceAll(
      before,
      [
        changed(1, { kind: 'reading' }),
        changed(1, { kind: 'done', passages: 1 }),
        { type: 'document-added', document: documentNumber(2) },
        { type: 'document-added', document: documentNumber(3) },
      ],
      2,
    )
    expect([...before.queue.entries.values()]).toEqual(files)
    expect(before.documents.size).toBe(1)
  })

  it('give the same state as their events one by one', () => {
    const events: AppEvent[] = [
      queued(1, 2, 3),
      changed(1, { kind: 'reading' }),
      { type: 'document-added', document: documentNumber(1) },
      changed(1, { kind: 'done', passages: 4 }),
      changed(2, { kind: 'skipped', reason: 'x' }),
      { type: 'ingest-finished' },
    ]
    const oneByOne = events.reduce((state, event) => reduce(state, event, 9), FIRST_STATE)
    expect(reduceAll(FIRST_STATE, events, 9)).toEqual(oneByOne)
  })
})

describe('an evaluation', () => {
  const running: BelfryEvent = {
    type: 'evaluation-progressed',
    set: 'med',
    step: 'encoding',
    done: 1,
    total: 2,
  }
  const scores = { ndcg10: 1, mrr10: 1, recall100: 1 }
  const report: EvaluationReport = {
    model: 'm',
    space: 's' as SpaceId,
    weight: 0.4,
    scores: { set: 'med', documents: 1, queries: 1, bm25: scores, dense: scores, hybrid: scores },
    seconds: 1,
  }
  const finished: BelfryEvent = { type: 'evaluation-finished', report }

  it('is running until it ends, and keeps its report', () => {
    expect(reduceAll(FIRST_STATE, [running], 0).evaluation.running).toMatchObject({ set: 'med', done: 1 })
    expect(reduceAll(FIRST_STATE, [running, finished], 0).evaluation).toEqual({
      running: undefined,
      report,
      failure: undefined,
    })
  })

  it('that fails or is cancelled loses no report, and the next one forgets the failure', () => {
    const failed = reduceAll(
      FIRST_STATE,
      [finished, running, { type: 'evaluation-failed', message: 'no' }],
      0,
    )
    expect(failed.evaluation).toEqual({ running: undefined, report, failure: 'no' })
    const cancelled = reduceAll(failed, [running, { type: 'evaluation-cancelled' }], 0)
    expect(cancelled.evaluation).toEqual({ running: undefined, report, failure: undefined })
  })
})

describe('carrying a library', () => {
  const running: BelfryEvent = { type: 'transfer-progressed', step: 'checking', done: 1, total: 2 }
  const ended: BelfryEvent = { type: 'transfer-ended', outcome: { kind: 'cancelled', sentence: 'stopped' } }
  const file = { name: 'a.belfry', blob: new Blob([]) }

  it('runs until it ends, and shows what came of it until that was seen', () => {
    expect(reduceAll(FIRST_STATE, [running], 0).transfer.running).toMatchObject({ done: 1, total: 2 })
    const over = reduceAll(FIRST_STATE, [{ type: 'import-asked', file }, running, ended], 0)
    expect(over.transfer).toEqual({
      running: undefined,
      outcome: { kind: 'cancelled', sentence: 'stopped' },
      file,
    })
    expect(reduce(over, { type: 'transfer-settled' }, 0).transfer).toEqual(FIRST_STATE.transfer)
  })

  it('is not disturbed by another file, or by a look away', () => {
    const busy = reduceAll(FIRST_STATE, [{ type: 'import-asked', file }, running], 0)
    expect(reduce(busy, { type: 'import-asked', file: { ...file, name: 'b.belfry' } }, 0)).toBe(busy)
    const away = reduce(busy, { type: 'transfer-settled' }, 0)
    expect(away.transfer).toEqual({ ...busy.transfer, file: undefined })
  })
})

const folder = (name: string) => ({ kind: 'directory' as const, name })

describe('synchronising', () => {
  const server = {
    nearby: 'https://notes.example/chroma',
    connection: undefined,
    activity: { what: 'both', paused: false },
    plan: undefined,
    trouble: undefined,
    report: undefined,
    copies: [],
  } as const
  const report = { at: 1, direction: 'both', kind: 'failed', sentence: 'It is down.' } as const

  it('shows how far it is for as long as it runs, and what came of it until that was seen', () => {
    const progress = { step: 'sending', done: 1, total: 2 } as const
    const running = after({ type: 'server-changed', server }, { type: 'sync-progressed', progress })
    expect(running.sync).toEqual({ server, progress, unseen: undefined })
    const idle = { ...server, activity: undefined }
    const ended = reduceAll(
      running,
      [
        { type: 'sync-ended', report },
        { type: 'server-changed', server: idle },
      ],
      0,
    )
    expect(ended.sync).toEqual({ server: idle, progress: undefined, unseen: report })
    expect(reduce(ended, { type: 'sync-seen' }, 0).sync.unseen).toBeUndefined()
  })
})

describe('dropped folders', () => {
  const [one, other] = [folder('one'), folder('other')]

  it('are offered to be looked at again, those of the last drop until its summary was seen', () => {
    const dropped: AppEvent[] = [
      { type: 'folders-dropped', folders: [one], earlier: [] },
      { type: 'folders-dropped', folders: [other], earlier: [one] },
    ]
    const offered = (...events: AppEvent[]) =>
      after(...dropped, ...events).droppedFolders.map(({ handle, isRecent }) => [handle, isRecent])
    expect(offered()).toEqual([
      [one, false],
      [other, true],
    ])
    expect(offered({ type: 'summary-dismissed' })).toEqual([
      [one, false],
      [other, false],
    ])
    expect(offered({ type: 'folder-offer-settled', folder: other })).toEqual([[one, false]])
    expect(offered({ type: 'library-cleared' })).toEqual([])
  })
})
