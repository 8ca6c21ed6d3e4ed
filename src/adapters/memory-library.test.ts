import { createMemoryLibrary } from './memory-library.ts'
import { runLibrarySuite } from './library.suite.ts'

runLibrarySuite('memory', async () => createMemoryLibrary())
