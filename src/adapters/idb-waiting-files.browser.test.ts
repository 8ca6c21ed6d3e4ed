import { openIdbWaitingFiles } from './idb-waiting-files.ts'
import { runWaitingFilesSuite } from './waiting-files.suite.ts'

runWaitingFilesSuite('IndexedDB', () => openIdbWaitingFiles(`waiting-test-${crypto.randomUUID()}`))
