import { describe, expect, it } from 'vitest'
import { type LibraryDocument, parseDocumentId } from '../core/document.ts'
import type { FileState } from '../core/events.ts'
import type { SearchAnswer } from '../core/ranking/answer.ts'
import { type AppState, FIRST_STATE } from './app-state.ts'
import { type AppEvent, reduce, reduceAll } from './reduce.ts'
import {
  needsLook,
  progressOf,
  progressSentence,
  selectAlike,
  selectAnswer,
  selectCoverage,
  selectDocuments,
  selectIsEmpty,
  selectSearchPhase,
  summarySentence,
} from './selectors.ts'

const ID = parseDocumentId('a'.repeat(64))
const DOCUMENT = { id: ID, title: 'A', path: 'a.md', passageCount: 2 } as LibraryDocument
const RESULT = { id: ID, title: 'A', path: 'a.md', hits: [] }
const ANSWER: SearchAnswer = {
  results: [RESULT],
  isWhole: true,
  strength: 'fair',
  milliseconds: 4,
  documents: 1,
  passages: 2,
}

function queueOf(total: number, startedAt: number): AppState {
  const files = Array.from({ length: total }, (_, ticket) => ({ ticket, name: 'n', path: 'n' }))
  return reduce(FIRST_STATE, { type: 'files-queued', files }, startedAt)
}

function change(state: AppState, at: number, files: readonly (readonly [number, FileState])[]): AppState {
  const events = files.map(([ticket, file]): AppEvent => ({ type: 'file-changed', ticket, state: file }))
  return reduceAll(state, events, at)
}

function removed(state: AppState, id: LibraryDocument['id']): AppState {
  return reduce(state, { type: 'document-removed', id, title: '', undoable: true }, 0)
}

function alikeTitles(state: AppState, { id }: LibraryDocument): string[] | undefined {
  return selectAlike(state)
    .get(id)
    ?.map(({ title }) => title)
}

describe('progress', () => {
  it('tells files, pace and time left from the times of the events', () => {
    const done = Array.from({ length: 100 }, (_, i) => [i, { kind: 'done', passages: 50 }] as const)
    const { queue } = change(queueOf(500, 1000), 5000, done)
    expect(progressOf(queue)).toEqual({ settled: 100, total: 500, pace: 1250, left: 16 })
    expect(progressSentence(queue, 'en')).toBe('Reading 101 of 500 · 20% · 1,250 passages/s · 16 s left')
  })

  it('says minutes when many seconds are left', () => {
    const { queue } = change(queueOf(1000, 0), 2000, [[0, { kind: 'done', passages: 2 }]])
    expect(progressSentence(queue, 'en')).toBe('Reading 2 of 1,000 · 0% · 1 passages/s · 33 min left')
  })

  it('guesses nothing before there is something to measure', () => {
    const { queue } = queueOf(3, 1000)
    expect(progressOf(queue)).toEqual({ settled: 0, total: 3, pace: undefined, left: undefined })
    expect(progressSentence(queue, 'en')).toBe('Reading 1 of 3 · 0%')
  })

  it('tells neither pace nor time while it is paused', () => {
    const done = Array.from({ length: 2 }, (_, i) => [i, { kind: 'done', passages: 50 }] as const)
    const state = reduce(change(queueOf(3, 0), 5000, done), { type: 'adding-paused', paused: true }, 5000)
    expect(progressSentence(state.queue, 'en')).toBe('Paused at 2 of 3 · 66%')
  })

  it('counts the passages of a file that is not finished', () => {
    const { queue } = change(queueOf(2, 0), 2000, [[0, { kind: 'embedding', done: 40, total: 90 }]])
    expect(progressOf(queue).pace).toBe(20)
  })

  it('sums up what became of the files', () => {
    const { queue } = change(queueOf(5, 0), 1, [
      [0, { kind: 'done', passages: 1 }],
      [1, { kind: 'failed', reason: 'x' }],
      [2, { kind: 'skipped', reason: 'x' }],
      [3, { kind: 'cancelled' }],
      [4, { kind: 'partly', reason: 'x' }],
    ])
    expect(summarySentence(queue, 'en')).toBe(
      '1 searchable, 1 in part, 1 skipped, 1 could not be read, 1 not started',
    )
    expect(needsLook(queue)).toBe(true)
    expect(needsLook(change(queueOf(1, 0), 1, [[0, { kind: 'done', passages: 1 }]]).queue)).toBe(false)
  })
})

describe('library', () => {
  const open = reduce(FIRST_STATE, { type: 'library-opened', documents: [DOCUMENT] }, 0)

  it('is empty only when it is open and nothing is on its way', () => {
    expect(selectIsEmpty(FIRST_STATE)).toBe(false)
    const empty = reduce(FIRST_STATE, { type: 'library-opened', documents: [] }, 0)
    expect(selectIsEmpty(empty)).toBe(true)
    const files = [{ ticket: 1, name: 'n', path: 'n' }]
    expect(selectIsEmpty(reduce(empty, { type: 'files-queued', files }, 0))).toBe(false)
    expect(selectIsEmpty(open)).toBe(false)
  })

  it('tells how many documents can be found while it is being restored', () => {
    expect(selectCoverage(open)).toEqual({ searchable: 1, total: 1 })
    const restoring = reduce(open, { type: 'restore-progressed', done: 0, total: 1 }, 0)
    expect(selectCoverage(restoring)).toEqual({ searchable: 0, total: 1 })
    expect(selectCoverage(reduce(restoring, { type: 'restore-finished' }, 0)).searchable).toBe(1)
  })

  it('counts a document of which a part could not be read', () => {
    const queued = [{ ticket: 1, name: 'a.pdf', path: 'a.pdf' }]
    const partly = reduceAll(
      open,
      [
        { type: 'files-queued', files: queued },
        { type: 'file-changed', ticket: 1, state: { kind: 'partly', reason: 'Page 2 is a picture.' } },
      ],
      0,
    )
    expect(selectCoverage(partly)).toEqual({ searchable: 1, total: 1 })
  })

  it('gives the same list for the same documents', () => {
    const other = reduce(open, { type: 'query-typed', query: 'x' }, 0)
    expect(selectDocuments(other)).toBe(selectDocuments(open))
  })
})

describe('answer', () => {
  const answered = reduceAll(
    FIRST_STATE,
    [
      { type: 'library-opened', documents: [DOCUMENT] },
      { type: 'query-typed', query: 'bread' },
      { type: 'search-finished', query: 'bread', answer: ANSWER },
    ],
    0,
  )

  it('loses a document as soon as the library does', () => {
    expect(selectAnswer(answered)).toBe(ANSWER)
    const event: AppEvent = { type: 'document-removed', id: ID, title: 'A', undoable: true }
    expect(selectAnswer(reduce(answered, event, 0))?.results).toEqual([])
  })

  it('puts another one in the place of the best of those that are nearly the same', () => {
    const [b, c] = ['b', 'c'].map(digit => ({
      ...RESULT,
      id: parseDocumentId(digit.repeat(64)),
      title: digit,
    }))
    if (b === undefined || c === undefined) throw new Error('expected two results')
    const documents = [DOCUMENT, { ...DOCUMENT, id: b.id }, { ...DOCUMENT, id: c.id }]
    const answer = { ...ANSWER, results: [{ ...RESULT, alike: [b, c] }] }
    const folded = reduceAll(
      FIRST_STATE,
      [
        { type: 'library-opened', documents },
        { type: 'query-typed', query: 'bread' },
        { type: 'search-finished', query: 'bread', answer },
      ],
      0,
    )
    expect(selectAnswer(folded)).toBe(answer)
    const withoutFirst = removed(folded, ID)
    expect(selectAnswer(withoutFirst)?.results).toEqual([{ ...b, alike: [c] }])
    expect(selectAnswer(removed(withoutFirst, b.id))?.results).toEqual([c])
  })

  it('is known to be old while a newer query waits', () => {
    expect(selectSearchPhase(FIRST_STATE)).toBe('idle')
    expect(selectSearchPhase(answered)).toBe('answered')
    expect(selectSearchPhase(reduce(answered, { type: 'query-typed', query: 'bread ' }, 0))).toBe('answered')
    const typed = reduce(answered, { type: 'query-typed', query: 'breads' }, 0)
    expect(selectSearchPhase(typed)).toBe('waiting')
    const failed = reduce(typed, { type: 'search-failed', query: 'breads', message: 'No.' }, 0)
    expect(selectSearchPhase(failed)).toBe('failed')
  })
})

describe('documents that are nearly the same', () => {
  const [a, b, c] = ['a', 'b', 'c'].map(digit => ({
    ...DOCUMENT,
    id: parseDocumentId(digit.repeat(64)),
    title: digit,
  })) as [LibraryDocument, LibraryDocument, LibraryDocument]
  it('name each other once, while they are there', () => {
    const likes = [
      { id: a.id, like: b.id },
      { id: b.id, like: a.id },
      { id: c.id, like: a.id },
    ]
    const state = reduceAll(
      FIRST_STATE,
      [
        { type: 'library-opened', documents: [a, b, c] },
        { type: 'likes-changed', likes },
      ],
      0,
    )
    expect([a, b, c].map(document => alikeTitles(state, document))).toEqual([['b', 'c'], ['a'], ['a']])
    expect(selectAlike(removed(state, a.id)).size).toBe(0)
    const unlike = reduce(state, { type: 'likes-changed', likes: [{ id: c.id, like: undefined }] }, 0)
    expect([alikeTitles(unlike, a), alikeTitles(unlike, c)]).toEqual([['b'], undefined])
    expect(selectAlike(reduce(state, { type: 'library-cleared' }, 0)).size).toBe(0)
  })
})
