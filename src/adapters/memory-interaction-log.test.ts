import { runInteractionLogSuite, SUITE_CAPACITY } from './interaction-log.suite.ts'
import { createMemoryInteractionLog } from './memory-interaction-log.ts'

runInteractionLogSuite('memory', async () => createMemoryInteractionLog(SUITE_CAPACITY))
