import { openIdbSyncJournal } from './idb-sync-journal.ts'
import { runSyncJournalSuite } from './sync-journal.suite.ts'

let opened = 0

runSyncJournalSuite('IndexedDB', () => openIdbSyncJournal(`sync-${Date.now()}-${opened++}`))
