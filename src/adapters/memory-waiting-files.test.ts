import { createMemoryWaitingFiles } from './memory-waiting-files.ts'
import { runWaitingFilesSuite } from './waiting-files.suite.ts'

runWaitingFilesSuite('memory', createMemoryWaitingFiles)
