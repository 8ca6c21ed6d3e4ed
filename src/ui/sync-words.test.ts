import { describe, expect, it } from 'vitest'
import type { SyncCounts, SyncOutcome } from '../core/sync/report.ts'
import { planWords, reportWords, syncStepWords } from './sync-words.ts'

const NONE: SyncCounts = { documents: 0, passages: 0, removals: 0 }
const NOTHING: SyncOutcome = { sent: NONE, taken: NONE, copies: 0, waiting: 0, awaited: 0, problems: [] }

describe('the words about synchronising', () => {
  it('say what would be done, and no more', () => {
    const plan = { send: NONE, take: NONE, conflicts: 0, waiting: 0 }
    expect(planWords(plan)).toEqual(['Both sides have the same documents.'])
    expect(
      planWords({
        send: { documents: 2, passages: 7, removals: 1 },
        take: { ...NONE, removals: 3 },
        conflicts: 1,
        waiting: 1,
      }),
    ).toEqual([
      'To send: 2 documents with 7 passages and 1 removal.',
      'To fetch: 3 removals.',
      '1 document was changed here and there: the later version wins, and a copy of the other is kept.',
      '1 document waits for the model before it is sent.',
    ])
  })

  it('say what was done, or why it was not', () => {
    const report = { at: 1, direction: 'both', kind: 'done' } as const
    expect(reportWords({ ...report, outcome: NOTHING })).toEqual(['There was nothing to do.'])
    const outcome = { ...NOTHING, taken: { documents: 1, passages: 1, removals: 0 }, copies: 2, awaited: 1 }
    expect(reportWords({ ...report, outcome })).toEqual([
      'Fetched 1 document with 1 passage.',
      '2 versions lost against a later one and are kept as a copy.',
      '1 document is not whole on the server yet and will be asked for again.',
    ])
    expect(reportWords({ ...report, kind: 'failed', sentence: 'It is down.' })).toEqual(['It is down.'])
  })

  it('say what is being done', () => {
    const progress = { step: 'sending', done: 1, total: 2 } as const
    expect(syncStepWords({ what: 'both', paused: false }, undefined)).toBe('Comparing with the server')
    expect(syncStepWords({ what: 'both', paused: false }, progress)).toBe('Sending documents')
    expect(syncStepWords({ what: 'both', paused: true }, progress)).toBe('Synchronising is paused')
  })
})
