/** What the tests of the way from the page through nginx to a Chroma server have in common. */
import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before } from 'node:test'
import { securityHeaders } from '../headers.mjs'
import { startNginx } from '../start-nginx.mjs'
import { startUpstream } from './fake-upstream.mjs'

export const HEARTBEAT = '/chroma/api/v2/heartbeat'
export const COLLECTIONS = '/chroma/api/v2/tenants/default_tenant/databases/default_database/collections'

let folder = ''
let count = 0
const started = []

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-chroma-proxy-'))
  await mkdir(join(folder, 'dist'))
  await writeFile(join(folder, 'dist/index.html'), '<!doctype html><title>Belfry</title>')
})

after(async () => {
  await Promise.all(started.map(stop => stop()))
  await rm(folder, { recursive: true })
})

/** Has something ended when the tests of the file are over. */
export function untilTheEnd(stop) {
  started.push(stop)
}

/** The path of a file in a folder that goes with the tests. */
export function scratch(name) {
  return join(folder, name)
}

/** nginx with this in its environment. Whatever a test starts ends with its file. */
export async function nginxWith(env) {
  const nginx = await startNginx({ folder: join(folder, `${count++}`), dist: join(folder, 'dist'), env })
  untilTheEnd(nginx.stop)
  return nginx
}

/** A server for nginx to pass on to. */
export async function upstream(answer) {
  const server = await startUpstream(answer)
  untilTheEnd(server.stop)
  return server
}

/** A request, as JSON where `json` is given, and what came back. It gives up after ten seconds. */
export async function ask(
  { url },
  path,
  { json, method = json === undefined ? 'GET' : 'POST', headers = {} } = {},
) {
  const body = json === undefined ? {} : { body: JSON.stringify(json) }
  const type = json === undefined ? {} : { 'content-type': 'application/json' }
  const response = await fetch(url + path, {
    method,
    headers: { ...type, ...headers },
    ...body,
    signal: AbortSignal.timeout(10_000),
  })
  const text = await response.text()
  return { status: response.status, headers: response.headers, text, json: parsed(text) }
}

function parsed(text) {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A failure that tells a program its kind, and a person what to do, and is kept by nobody. */
export function isSentence(answer, status, kind) {
  assert.deepEqual([answer.status, answer.json?.error], [status, kind])
  assert.match(answer.json.message, /^[A-Z].+\.$/)
  assert.equal(answer.headers.get('content-type'), 'application/json')
  hasSecurityHeaders(answer)
}

/** The page's own headers, and that nothing is kept. */
export function hasSecurityHeaders({ headers }) {
  for (const [name, value] of Object.entries(securityHeaders({ policy: true }))) {
    assert.equal(headers.get(name), value, name)
  }
  assert.equal(headers.get('cache-control'), 'no-store')
}

/** The status of a request whose path goes as it is written: fetch would tidy "..". */
export function raw(port, path, method = 'GET') {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method }, response => {
      response.resume().once('end', () => resolve({ status: response.statusCode }))
    })
    sent.once('error', reject).end()
  })
}
