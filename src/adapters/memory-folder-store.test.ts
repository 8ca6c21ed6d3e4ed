import { runFolderStoreSuite } from './folder-store.suite.ts'
import { createMemoryFolderStore } from './memory-folder-store.ts'

runFolderStoreSuite('memory', createMemoryFolderStore)
