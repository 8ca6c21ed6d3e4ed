import { expect, it } from 'vitest'
import { openIdbSyncJournal } from './idb-sync-journal.ts'
import { runSyncJournalSuite } from './sync-journal.suite.ts'

const freshName = () => `sync-test-${crypto.randomUUID()}`

runSyncJournalSuite('IndexedDB', async () => openIdbSyncJournal(freshName()))

it('keeps what it was told when it is opened again', async () => {
  const name = freshName()
  const state = { device: 'aaaaaaaa', clock: { time: 1, counter: 2 }, cursor: 3, awaited: [], doubtful: [] }
  await openIdbSyncJournal(name).keepState(state)
  expect(await openIdbSyncJournal(name).state()).toEqual(state)
})
