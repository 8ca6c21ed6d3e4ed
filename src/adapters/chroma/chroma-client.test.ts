import { afterAll, beforeAll, describe } from 'vitest'
import { hasChroma, startChroma } from '../../../tools/chroma-server.mjs'
import { runVectorServerSuite } from '../vector-server.suite.ts'
import { DEFAULT_DATABASE, DEFAULT_TENANT } from './chroma-address.ts'
import { createChromaClient } from './chroma-client.ts'

describe.skipIf(!hasChroma())('Chroma', () => {
  let chroma: Awaited<ReturnType<typeof startChroma>>
  const address = () => ({
    server: chroma.url,
    tenant: DEFAULT_TENANT,
    database: DEFAULT_DATABASE,
    credential: { kind: 'none' as const },
  })
  beforeAll(async () => {
    chroma = await startChroma()
  })
  afterAll(() => chroma.stop())

  runVectorServerSuite('Chroma', () => createChromaClient(address()))
})
