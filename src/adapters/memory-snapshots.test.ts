import { createMemorySnapshots } from './memory-snapshots.ts'
import { runSnapshotStoreSuite } from './snapshot-store.suite.ts'

runSnapshotStoreSuite('memory', createMemorySnapshots)
