import { expect, it } from 'vitest'
import type { FileState } from '../core/events.ts'
import { fileStateWords } from './state-words.ts'

it('says in words what has become of a file', () => {
  const states: FileState[] = [
    { kind: 'queued' },
    { kind: 'embedding', done: 1200, total: 4000 },
    { kind: 'done', passages: 1 },
    { kind: 'done', passages: 90, documents: 3 },
    { kind: 'partly', reason: 'x' },
  ]
  expect(states.map(state => fileStateWords(state, 'en'))).toEqual([
    'queued',
    'embedding 1,200 of 4,000',
    'searchable, 1 passage',
    'searchable, 3 documents, 90 passages',
    'searchable in part',
  ])
})
