// What nginx passes on to a Chroma server, what it does not, and what it says where there is none: with stand-ins for
// what no real server does on demand.
import assert from 'node:assert/strict'
import { request } from 'node:http'
import { before, describe, it } from 'node:test'
import { freePort } from '../start-nginx.mjs'
import { startNameServer } from './fake-upstream.mjs'
import {
  ask,
  COLLECTIONS,
  hasSecurityHeaders,
  HEARTBEAT,
  isSentence,
  nginxWith,
  raw,
  untilTheEnd,
  upstream,
} from './proxy-fixture.mjs'

describe('without a Chroma server', () => {
  it('whoever asks for one is told so', async () => {
    const nginx = await nginxWith({})
    isSentence(await ask(nginx, HEARTBEAT), 404, 'NotConfigured')
    isSentence(await ask(nginx, COLLECTIONS, { json: { name: 'notes' } }), 404, 'NotConfigured')
    assert.equal((await ask(nginx, '/')).status, 200)
  })
})

describe('a Chroma server that is not there', () => {
  it('is a sentence where nobody listens', async () => {
    const nginx = await nginxWith({ CHROMA_URL: `http://127.0.0.1:${await freePort()}` })
    isSentence(await ask(nginx, HEARTBEAT), 502, 'Unreachable')
  })

  it('is a sentence where its name is unknown, and found once the name is known', async () => {
    const server = await upstream()
    const names = await startNameServer('chroma.example')
    untilTheEnd(names.stop)
    const url = `http://chroma.example:${server.port}`
    const nginx = await nginxWith({ CHROMA_URL: url, CHROMA_RESOLVER: names.address })
    isSentence(await ask(nginx, HEARTBEAT), 502, 'Unreachable')
    assert.equal((await ask(nginx, '/')).status, 200)
    names.learn()
    assert.equal((await ask(nginx, HEARTBEAT)).status, 200)
    assert.equal(server.seen[0].headers.host, `chroma.example:${server.port}`)
  })

  it('is found by its name in /etc/hosts, which name servers need not know', async () => {
    const server = await upstream()
    const nginx = await nginxWith({
      CHROMA_URL: `http://localhost:${server.port}/`,
      CHROMA_RESOLVER: '127.0.0.1:9',
    })
    assert.equal((await ask(nginx, HEARTBEAT)).status, 200)
  })

  it('is a sentence where it takes the connection and never answers', async () => {
    const server = await upstream(() => undefined)
    const nginx = await nginxWith({ CHROMA_URL: server.url, CHROMA_TIMEOUT: '1' })
    isSentence(await ask(nginx, HEARTBEAT), 504, 'Timeout')
  })
})

describe('what is passed on', () => {
  let server
  let nginx
  before(async () => {
    server = await upstream((_request, response) => {
      response.setHeader('Access-Control-Allow-Origin', '*')
      response.setHeader('Set-Cookie', 'a=b')
      response.setHeader('Cache-Control', 'public, max-age=9')
      response.setHeader('Strict-Transport-Security', 'max-age=9')
      response.setHeader('X-Accel-Redirect', '/index.html')
      response.setHeader('Content-Security-Policy', 'default-src *')
      response.end('{"from":"upstream"}')
    })
    nginx = await nginxWith({ CHROMA_URL: `${server.url}/base` })
  })

  it('is the path under the base of the server, with its query and its escapes', async () => {
    await ask(nginx, `${COLLECTIONS}/a%20b%25%3f?limit=1&offset=%202`)
    assert.equal(
      server.seen.at(-1).url,
      `/base${COLLECTIONS.slice('/chroma'.length)}/a%20b%25%3F?limit=1&offset=%202`,
    )
  })

  it('is nothing about the browser', async () => {
    const headers = {
      cookie: 'a=b',
      referer: 'http://x/',
      'accept-language': 'de',
      'x-forwarded-for': '1.2.3.4',
    }
    await ask(nginx, COLLECTIONS, { json: {}, headers })
    const { host, 'transfer-encoding': _, 'content-length': __, ...rest } = server.seen.at(-1).headers
    assert.deepEqual(rest, {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'Belfry',
    })
    assert.equal(host, new URL(server.url).host)
  })

  it('is the token of the browser where the server has none of its own', async () => {
    await ask(nginx, HEARTBEAT, { headers: { 'x-chroma-token': 'mine', authorization: 'Bearer mine' } })
    const { 'x-chroma-token': token, authorization } = server.seen.at(-1).headers
    assert.deepEqual([token, authorization], ['mine', 'Bearer mine'])
  })

  it('comes back with the headers of this server alone', async () => {
    const answer = await ask(nginx, HEARTBEAT)
    assert.deepEqual(answer.json, { from: 'upstream' })
    hasSecurityHeaders(answer)
    for (const name of ['access-control-allow-origin', 'set-cookie', 'strict-transport-security']) {
      assert.equal(answer.headers.get(name), null, name)
    }
  })

  for (const path of [
    '/chroma/',
    '/chroma/docs',
    '/chroma/openapi.json',
    '/chroma/api/v1/heartbeat',
    '/chroma/api/v20/x',
  ]) {
    it(`is not ${path}`, async () => {
      const before = server.seen.length
      isSentence(await ask(nginx, path), 404, 'NotFound')
      assert.equal(server.seen.length, before)
    })
  }

  for (const path of [
    'reset',
    'reset/',
    '/reset',
    '%72eset',
    'x/../reset',
    'x/%2e%2e/reset',
    'x%2f..%2freset',
  ]) {
    it(`is no reset written as ${path}`, async () => {
      const before = server.seen.length
      const answer = await raw(nginx.port, `/chroma/api/v2/${path}`, 'POST')
      assert.equal(answer.status, 403)
      assert.equal(server.seen.length, before)
    })
  }

  it('is no way out of /api/v2, and one that is left comes back to the page', async () => {
    const before = server.seen.length
    for (const path of [
      '/chroma/api/v2/../../docs',
      '/chroma/api/v2/%2e%2e/%2e%2e/docs',
      '/chroma/api/v2/..%2fv1',
    ]) {
      assert.equal((await raw(nginx.port, path)).status, 404, path)
    }
    assert.equal(server.seen.length, before)
    await raw(nginx.port, '/chroma/api/v2/%252e%252e/docs')
    assert.equal(server.seen.at(-1).url, '/base/api/v2/%252e%252e/docs')
  })

  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'HEAD']) {
    it(`is ${method}`, async () => {
      assert.equal((await ask(nginx, HEARTBEAT, { method })).status, 200)
      assert.equal(server.seen.at(-1).method, method)
    })
  }

  it('is no other method, and nothing but reading elsewhere', async () => {
    const refused = await ask(nginx, HEARTBEAT, { method: 'OPTIONS' })
    assert.deepEqual(
      [refused.status, refused.headers.get('allow')],
      [405, 'GET, HEAD, POST, PUT, PATCH, DELETE'],
    )
    assert.equal((await ask(nginx, '/chromatic', { method: 'POST' })).status, 405)
  })

  for (const site of ['cross-site', 'same-site']) {
    it(`is nothing that a ${site} page asks for`, async () => {
      const before = server.seen.length
      isSentence(await ask(nginx, HEARTBEAT, { headers: { 'sec-fetch-site': site } }), 403, 'Forbidden')
      assert.equal(server.seen.length, before)
    })
  }

  it('comes as it is written, not when it is whole', async () => {
    let finish
    const slow = await upstream((_request, response) => {
      response.write('{"first":1,')
      finish = () => response.end('"last":2}')
    })
    const { url } = await nginxWith({ CHROMA_URL: slow.url })
    const reader = (await fetch(url + HEARTBEAT, { signal: AbortSignal.timeout(10_000) })).body.getReader()
    const first = await reader.read()
    assert.equal(Buffer.from(first.value).toString(), '{"first":1,')
    finish()
    assert.equal(Buffer.from((await reader.read()).value).toString(), '"last":2}')
  })

  it('goes as it is sent, before it is whole', { timeout: 10_000 }, async () => {
    let arrived
    const first = new Promise(resolve => {
      arrived = resolve
    })
    const eager = await upstream((incoming, response) => {
      incoming.once('data', arrived)
      incoming.once('end', () => response.end('{}'))
    })
    const { port } = await nginxWith({ CHROMA_URL: eager.url })
    const sent = request({ port, host: '127.0.0.1', path: HEARTBEAT, method: 'POST' })
    const answered = new Promise((resolve, reject) => {
      sent.once('response', resolve).once('error', reject)
    })
    sent.write('{"first":1,')
    await first
    sent.end('"last":2}')
    assert.equal((await answered).statusCode, 200)
  })
})
