import { openIdbLibrary } from '../adapters/idb-library.ts'
import { createKernelVectorIndex } from '../adapters/kernel-vector-index.ts'
import { runIngestFaultsSuite } from './ingest-faults.suite.ts'

runIngestFaultsSuite('IndexedDB and the kernels', async () => ({
  library: openIdbLibrary(`ingest-test-${crypto.randomUUID()}`),
  vectors: createKernelVectorIndex({ dimension: 64, mode: 'scan' }),
}))
