import { openIdbServerConnections } from './idb-server-connections.ts'
import { runServerConnectionsSuite } from './server-connections.suite.ts'

let opened = 0

runServerConnectionsSuite('IndexedDB', () => openIdbServerConnections(`server-${Date.now()}-${opened++}`))
