import { createMemorySyncJournal } from './memory-sync-journal.ts'
import { runSyncJournalSuite } from './sync-journal.suite.ts'

runSyncJournalSuite('memory', async () => createMemorySyncJournal())
