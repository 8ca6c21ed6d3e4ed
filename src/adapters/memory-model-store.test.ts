import { createMemoryModelStore } from './memory-model-store.ts'
import { runModelStoreSuite } from './model-store.suite.ts'

runModelStoreSuite('memory', async () => createMemoryModelStore())
