import { createMemoryVectorServer } from './memory-vector-server.ts'
import { runVectorServerSuite } from './vector-server.suite.ts'

const server = createMemoryVectorServer()

runVectorServerSuite('memory', () => server)
