import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { securityHeaders } from './headers.mjs'
import { serve } from './serve.mjs'

let root = ''
let chroma: Server
let site: Awaited<ReturnType<typeof serve>>

/** Says what it was asked. */
function startEcho(): Promise<Server> {
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (piece: Buffer) => (body += piece.toString()))
    request.on('end', () => {
      const { method, url, headers } = request
      response.writeHead(201, { 'Content-Type': 'application/json', 'Set-Cookie': 'a=b' })
      response.end(
        JSON.stringify({ method, url, body, token: headers['x-chroma-token'], cookie: headers.cookie }),
      )
    })
  })
  return new Promise(resolve => server.listen(0, '127.0.0.1', () => resolve(server)))
}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'belfry-pass-on-'))
  await writeFile(join(root, 'index.html'), '<!doctype html><title>Belfry</title>')
  chroma = await startEcho()
  const { port } = chroma.address() as AddressInfo
  site = await serve({ root, port: 0, chroma: `http://127.0.0.1:${port}`, connectTo: ['https://a.example'] })
})

afterAll(async () => {
  await site.close()
  chroma.close()
  await rm(root, { recursive: true })
})

it('passes a call on with its token and body, and its answer back with the headers of the page', async () => {
  const response = await fetch(`${site.address}/chroma/api/v2/x?y=1`, {
    method: 'POST',
    headers: { 'x-chroma-token': 'sesame', cookie: 'c=d' },
    body: '{"a":1}',
  })
  expect(await response.json()).toEqual({
    method: 'POST',
    url: '/api/v2/x?y=1',
    body: '{"a":1}',
    token: 'sesame',
  })
  expect(response.status).toBe(201)
  expect(response.headers.get('set-cookie')).toBeNull()
  expect(response.headers.get('cache-control')).toBe('no-store')
  for (const [name, value] of Object.entries(securityHeaders({ policy: true }))) {
    expect(response.headers.get(name)).toBe(value)
  }
})

it.each(['cross-site', 'same-site'])('refuses a page of another site (%s)', async from => {
  const response = await fetch(`${site.address}/chroma/api/v2/x`, { headers: { 'sec-fetch-site': from } })
  expect(response.status).toBe(403)
})

it.each(['/chroma//elsewhere.example/x', '/chroma/docs'])('passes nothing else on: %s', async path => {
  expect(await (await fetch(site.address + path)).text()).not.toContain('"method"')
})

it('says so when the server cannot be reached', async () => {
  const lonely = await serve({ root, port: 0, chroma: 'http://127.0.0.1:1' })
  const response = await fetch(`${lonely.address}/chroma/api/v2/heartbeat`)
  expect([response.status, await response.json()]).toEqual([
    502,
    { error: 'Refused', message: 'The Chroma server behind this one cannot be reached.' },
  ])
  await lonely.close()
})

it('lets the page speak with the origins that its host allows, and with no other', async () => {
  const policy = (await fetch(`${site.address}/`)).headers.get('content-security-policy')
  expect(policy).toContain("connect-src 'self' https://a.example;")
  expect(securityHeaders({ policy: true })['Content-Security-Policy']).toContain("connect-src 'self';")
})
