import { runHeadStoreSuite } from './head-store.suite.ts'
import { createMemoryHeadStore } from './memory-head-store.ts'

runHeadStoreSuite('memory', async () => createMemoryHeadStore())
