import { openIdbModelStore } from './idb-model-store.ts'
import { runModelStoreSuite } from './model-store.suite.ts'

runModelStoreSuite('IndexedDB', async () => openIdbModelStore(`model-test-${crypto.randomUUID()}`))
