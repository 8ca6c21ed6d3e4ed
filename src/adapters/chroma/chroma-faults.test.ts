import { describe, expect, it } from 'vitest'
import type { ChromaCredential } from './chroma-address.ts'
import { createChromaClient } from './chroma-client.ts'
import { type Answer, json, startScriptedServer, text } from './scripted-server.suite.ts'

const server = startScriptedServer()

const beat = json(200, { 'nanosecond heartbeat': 1_795_168_411_651_123_456 })
const never: Answer = () => undefined
const cutOff: Answer = response => {
  response.writeHead(200, { 'Content-Length': '1000' })
  response.write('{"nano', () => response.destroy())
}

const slow = (after: string) => json(429, {}, { 'Retry-After': after })

/** Of a call against a server that answers so. */
async function refusal(...given: Answer[]): Promise<unknown> {
  server.answer(...given)
  return await server
    .connect()
    .now()
    .then(
      time => time,
      (error: unknown) => error,
    )
}

describe('a request', () => {
  it('goes below the path of the proxy, to the tenant and the database', async () => {
    server.answer(json(200, []))
    await server.connect().collections()
    expect(server.take()[0]?.url).toBe(
      '/chroma/api/v2/tenants/a%20tenant/databases/d%2Fb/collections?limit=1000&offset=0',
    )
  })

  it.each<[ChromaCredential, Record<string, string>]>([
    [{ kind: 'token', token: 'secret' }, { 'x-chroma-token': 'secret' }],
    [{ kind: 'bearer', token: 'secret' }, { authorization: 'Bearer secret' }],
    [{ kind: 'basic', user: 'jürgen', password: 'p:w' }, { authorization: 'Basic asO8cmdlbjpwOnc=' }],
  ])('shows the credential %j', async (credential, headers) => {
    server.answer(beat)
    await server.connect({}, credential).now()
    expect(server.take()[0]?.headers).toMatchObject(headers)
  })

  it.each(['ftp://a', 'localhost:8000', '', 'http://user:pass@a/'])('is not made to %j', typed => {
    const address = { server: typed, tenant: 't', database: 'd', credential: { kind: 'none' as const } }
    expect(() => createChromaClient(address)).toThrow(/^Expected an address/)
  })
})

describe('a failure that may pass', () => {
  it.each<[string, Answer]>([
    ['no answer in time', never],
    ['an answer that is cut off', cutOff],
    ['a connection that is closed', response => response.destroy()],
    ['429', json(429, { error: 'RateLimit', message: 'slow down' })],
    ['502 with a page', text(502, '<html><title>502 Bad Gateway</title></html>')],
    ['503 without words', text(503, '')],
  ])('is tried again: %s', async (_, fault) => {
    expect(await refusal(fault, fault, beat)).toBe(1_795_168_411_651)
    expect(server.take()).toHaveLength(3)
    expect(server.rests()).toEqual([250, 500])
  })

  it('is told when it does not pass', async () => {
    expect(await refusal(text(503, 'upstream is down'))).toMatchObject({
      name: 'VectorServerFailed',
      kind: 'server',
      status: 503,
      message: 'The server failed (503: upstream is down).',
    })
    expect(server.take()).toHaveLength(4)
    expect(server.rests()).toEqual([250, 500, 1000])
  })

  it('is waited for as long as the server asks, within reason', async () => {
    const date = new Date(Date.now() + 20_000).toUTCString()
    await refusal(slow('7'), slow('86400'), slow(date), beat)
    expect(server.rests().slice(0, 2)).toEqual([7000, 60_000])
    expect(server.rests()[2]).toBeGreaterThan(10_000)
    expect(server.rests()[2]).toBeLessThanOrEqual(20_000)
  })

  it('names a server that is silent, and one that is not there', async () => {
    expect(await refusal(never)).toMatchObject({
      kind: 'timeout',
      message: 'The server did not answer within 0.3 seconds.',
    })
    const address = {
      server: 'http://127.0.0.1:1',
      tenant: 't',
      database: 'd',
      credential: { kind: 'none' as const },
    }
    await expect(createChromaClient(address, { retries: 0 }).now()).rejects.toMatchObject({
      kind: 'network',
      message: expect.stringMatching(/could not be reached: .*\(.*\)\.$/) as string,
    })
  })
})

describe('a failure that stays', () => {
  it.each<[string, Answer, string, RegExp]>([
    [
      '401',
      text(401, '<html><head><title>401 Authorization Required</title></head>'),
      'auth',
      /credential.*“401 Authorization Required”/,
    ],
    ['403', json(403, { error: 'x', message: 'Reset is disabled' }), 'auth', /Reset is disabled/],
    ['404', text(404, ''), 'not-found', /\(404\)\.$/],
    ['409', json(409, { message: 'Collection [a] already exists' }), 'conflict', /already exists/],
    ['410', json(410, { message: 'The v1 API is deprecated.' }), 'unsupported', /deprecated\)\.$/],
    ['413', text(413, 'length limit exceeded'), 'too-large', /length limit exceeded/],
    ['422', json(422, { message: 'missing field `ids`' }), 'invalid', /missing field/],
    ['422 of the cloud', json(422, { message: 'Quota exceeded: records' }), 'quota', /Quota exceeded/],
    ['500', json(500, { message: 'too many SQL variables' }), 'server', /too many SQL/],
    ['501', json(501, { message: 'unsupported for local chroma' }), 'unsupported', /local chroma/],
    [
      'a redirect',
      response => response.writeHead(302, { Location: '/x' }).end(),
      'protocol',
      /another address/,
    ],
    ['a page', text(200, '<!doctype html><title>Hello</title>'), 'protocol', /expected JSON, got a web page/],
    ['words', text(200, 'It works!'), 'protocol', /expected JSON, got “It works!”/],
    ['half of it', text(200, '{"nanosecond'), 'protocol', /expected JSON/],
    ['nothing', text(200, ''), 'protocol', /the heartbeat to be an object/],
    ['other JSON', json(200, { status: 'ok' }), 'protocol', /nanosecond heartbeat/],
  ])('is told at once: %s', async (_, answer, kind, message) => {
    expect(await refusal(answer)).toMatchObject({ kind, message: expect.stringMatching(message) as string })
    expect(server.take()).toHaveLength(1)
  })

  it('is quoted no further than anybody reads', async () => {
    const error = await refusal(text(500, 'no '.repeat(10_000)))
    expect((error as Error).message.length).toBeLessThan(400)
  })
})

describe('a call that is aborted', () => {
  it('ends while it waits for an answer', async () => {
    server.answer(never)
    const control = new AbortController()
    const waiting = server.connect({ timeout: 60_000 }).now(control.signal)
    setTimeout(() => control.abort(), 20)
    await expect(waiting).rejects.toMatchObject({ name: 'Cancelled' })
    expect(server.take()).toHaveLength(1)
  })

  it('ends while it rests, and is not begun when it was aborted before', async () => {
    server.answer(text(503, ''))
    const control = new AbortController()
    const address = {
      server: server.base(),
      tenant: 't',
      database: 'd',
      credential: { kind: 'none' as const },
    }
    const waiting = createChromaClient(address, { random: () => 1000 }).now(control.signal)
    setTimeout(() => control.abort(), 50)
    await expect(waiting).rejects.toMatchObject({ name: 'Cancelled' })
    await expect(server.connect().now(control.signal)).rejects.toMatchObject({ name: 'Cancelled' })
    expect(server.take()).toHaveLength(1)
  })
})
