import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { hasChroma, startChroma } from '../../tools/chroma-server.mjs'
import { DEFAULT_DATABASE, DEFAULT_TENANT, parseServerAddress } from '../adapters/chroma/chroma-address.ts'
import { createChromaClient } from '../adapters/chroma/chroma-client.ts'
import { createChromaProbe } from '../adapters/chroma/chroma-probe.ts'
import { createMemoryVectorServer } from '../adapters/memory-vector-server.ts'
import { failure } from '../core/errors.ts'
import type { ServerPlace, ServerProbe } from '../core/ports/vector-server.ts'
import { VectorServerError, type VectorServerProblem } from '../core/vector-server-error.ts'
import { type ConnectionPorts, testConnection } from './test-connection.ts'

const SILENT: ServerProbe = { answers: async () => false, localNetwork: async () => undefined }

function portsOf(change: Partial<ConnectionPorts> = {}): ConnectionPorts {
  return {
    address: 'http://localhost:8000',
    connect: address => {
      parseServerAddress(address)
      return createMemoryVectorServer()
    },
    probe: () => SILENT,
    origin: 'https://notes.example',
    clock: { now: () => 0 },
    ...change,
  }
}

function failingWith(kind: VectorServerProblem, probe = SILENT): Partial<ConnectionPorts> {
  return { ...throwing(new VectorServerError(kind, 'A sentence.')), probe: () => probe }
}

function throwing(error: Error): Partial<ConnectionPorts> {
  const now = async (): Promise<number> => {
    throw error
  }
  return { connect: () => ({ ...createMemoryVectorServer(), now }) }
}

describe('testing a connection', () => {
  it.each<[string, Partial<ConnectionPorts>, string, RegExp]>([
    ['no address', { address: 'localhost' }, 'address', /when it starts/],
    [
      'http from https',
      { address: 'http://chroma.example' },
      'address',
      /https address.*https:\/\/notes.example\/chroma/,
    ],
    ['a server that is down', failingWith('network'), 'reach', /Start the server.*http:\/\/localhost:8000/],
    [
      'a server that the page may not read',
      failingWith('network', { ...SILENT, answers: async () => true }),
      'reach',
      /cors_allow_origins: \["https:\/\/notes.example"\]/,
    ],
    [
      'a server of which nothing can be seen',
      failingWith('network', { ...SILENT, answers: async () => undefined }),
      'reach',
      /Start the server.* If it runs.*start it with .*cors_allow_origins/,
    ],
    [
      'a local network that the page may not reach',
      failingWith('network', { ...SILENT, localNetwork: async () => 'denied' }),
      'reach',
      /Allow it in the settings/,
    ],
    ['a server that hangs', failingWith('timeout'), 'reach', /Restart it/],
    ['a wrong token', failingWith('auth'), 'credential', /token/],
    ['an old server', failingWith('unsupported'), 'answer', /Chroma 1.0 or newer/],
    ['another program', failingWith('protocol'), 'answer', /address and its path/],
    ['a server that fails', failingWith('server'), 'answer', /its log/],
  ])('names the step and its cure: %s', async (_, change, step, cure) => {
    const report = await testConnection(portsOf(change))
    expect(report).toMatchObject({ kind: 'failed', step, cure: expect.stringMatching(cure) as string })
    expect(report.kind === 'failed' && report.sentence).toMatch(/\.$/)
  })

  it.each<[ServerPlace, RegExp]>([
    ['no-tenant', /no tenant/],
    ['no-database', /no database/],
  ])('says which name is wrong: %s', async (place, sentence) => {
    const connect = () => ({ ...createMemoryVectorServer(), place: async () => place })
    const report = await testConnection(portsOf({ connect }))
    expect(report).toMatchObject({ step: 'database', sentence: expect.stringMatching(sentence) as string })
  })

  it('lets http to this very device pass on a page that came over https', async () => {
    for (const address of [
      'http://localhost:8000',
      'http://127.0.0.1',
      'http://[::1]:8000/x',
      'http://a.localhost/',
    ]) {
      expect(await testConnection(portsOf({ address }))).toMatchObject({ kind: 'connected' })
    }
    expect(await testConnection(portsOf({ address: 'http://localhost.example' }))).toMatchObject({
      step: 'address',
    })
  })

  it('ends when it is cancelled', async () => {
    const cancelled = testConnection(portsOf(throwing(failure('Cancelled', 'x'))))
    await expect(cancelled).rejects.toMatchObject({ name: 'Cancelled' })
  })
})

describe.skipIf(!hasChroma())('testing a connection with a Chroma server', () => {
  let chroma: Awaited<ReturnType<typeof startChroma>>
  beforeAll(async () => {
    chroma = await startChroma()
  })
  afterAll(() => chroma.stop())

  const real = (tenant: string, database: string, path = ''): ConnectionPorts => ({
    ...portsOf({ address: chroma.url + path, probe: createChromaProbe }),
    connect: server => {
      const address = { server, tenant, database, credential: { kind: 'none' as const } }
      return createChromaClient(address, { retries: 0 })
    },
  })

  it('connects, and tells of the collections', async () => {
    const { connect } = real(DEFAULT_TENANT, DEFAULT_DATABASE)
    await connect(chroma.url).openCollection({ name: 'notes', space: 'cosine', metadata: {} })
    const report = await testConnection(real(DEFAULT_TENANT, DEFAULT_DATABASE))
    expect(report).toMatchObject({ kind: 'connected', collections: [{ name: 'notes', space: 'cosine' }] })
  })

  it.each([
    ['nobody', DEFAULT_DATABASE, '', 'database', /no tenant/],
    [DEFAULT_TENANT, 'nothing', '', 'database', /no database/],
    [DEFAULT_TENANT, DEFAULT_DATABASE, '/elsewhere', 'answer', /no such thing/],
  ] as const)(
    'fails with the tenant %s, the database %s and the path “%s”',
    async (tenant, database, path, step, words) => {
      const report = await testConnection(real(tenant, database, path))
      expect(report).toMatchObject({ step, sentence: expect.stringMatching(words) as string })
    },
  )

  it('sees whether anything answers', async () => {
    expect(await createChromaProbe(chroma.url).answers()).toBe(true)
    expect(await createChromaProbe('http://127.0.0.1:1').answers()).toBe(false)
  })
})
