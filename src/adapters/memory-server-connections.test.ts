import { createMemoryServerConnections } from './memory-server-connections.ts'
import { runServerConnectionsSuite } from './server-connections.suite.ts'

runServerConnectionsSuite('memory', createMemoryServerConnections)
