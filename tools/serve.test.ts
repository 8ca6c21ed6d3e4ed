import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import type { IncomingHttpHeaders, OutgoingHttpHeaders } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { securityHeaders } from './headers.mjs'
import { serve } from './serve.mjs'

const SCRIPT = `export const words = '${'bell '.repeat(400)}'\n`
const PAGE = '<!doctype html><title>Belfry</title>'
const MODEL = Buffer.from(Array.from({ length: 300 }, (_, i) => i % 251))

let root = ''
let server: Awaited<ReturnType<typeof serve>>
let port = 0

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'belfry-serve-'))
  await mkdir(join(root, 'dist/assets'), { recursive: true })
  await mkdir(join(root, 'dist/models/a'), { recursive: true })
  const files: Record<string, string | Buffer> = {
    'secret.txt': 'not for the web',
    'dist/index.html': PAGE,
    'dist/.hidden': 'nor this',
    'dist/assets/app-1.js': SCRIPT,
    'dist/assets/app-1.js.gz': gzipSync(SCRIPT),
    'dist/assets/app-1.js.br': 'stands for brotli',
    'dist/assets/glue-1.mjs': SCRIPT,
    'dist/assets/runtime-1.wasm': MODEL,
    'dist/models/a/query.onnx': MODEL,
    'dist/models/a/manifest.json': '{}',
    'dist/empty.txt': '',
    'dist/service-worker.js': 'self',
  }
  for (const [path, content] of Object.entries(files)) await writeFile(join(root, path), content)
  server = await serve({ root: join(root, 'dist'), port: 0 })
  port = Number(new URL(server.address).port)
})

afterAll(async () => {
  await server.close()
  await rm(root, { recursive: true })
})

interface Answer {
  status: number
  headers: IncomingHttpHeaders
  body: Buffer
}

/** node:http, since fetch tidies "..", decodes bodies and hides Content-Encoding's bytes. */
function ask(path: string, headers: OutgoingHttpHeaders = {}, method = 'GET', host = '127.0.0.1') {
  return new Promise<Answer>((resolve, reject) => {
    const sent = request({ host, port, path, headers, method }, response => {
      const chunks: Buffer[] = []
      response.on('data', (chunk: Buffer) => chunks.push(chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(chunks) })
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

describe('the headers', () => {
  it.each(['/', '/assets/app-1.js', '/models/a/query.onnx', '/missing.js', '/../secret.txt'])(
    'carry the whole security set on %s',
    async path => {
      const { headers } = await ask(path)
      for (const [name, value] of Object.entries(securityHeaders({ policy: true }))) {
        expect(headers[name.toLowerCase()]).toBe(value)
      }
    },
  )

  it.each([
    ['/', 'text/html; charset=utf-8', 'no-cache'],
    ['/service-worker.js', 'text/javascript; charset=utf-8', 'no-cache'],
    ['/assets/app-1.js', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/glue-1.mjs', 'text/javascript; charset=utf-8', 'public, max-age=31536000, immutable'],
    ['/assets/runtime-1.wasm', 'application/wasm', 'public, max-age=31536000, immutable'],
    ['/models/a/query.onnx', 'application/octet-stream', 'no-cache'],
    ['/models/a/manifest.json', 'application/json', 'no-cache'],
  ])('say the type and caching of %s', async (path, type, caching) => {
    const { status, headers } = await ask(path)
    expect([status, headers['content-type'], headers['cache-control']]).toEqual([200, type, caching])
  })

  it('forbid to keep a failure, under /assets/ too', async () => {
    const { status, headers } = await ask('/assets/gone-2.js')
    expect([status, headers['cache-control']]).toEqual([404, 'no-store'])
  })
})

describe('the paths', () => {
  it.each(['/', '/index.html', '/library', '/a/deep/place', '/library?q=bell'])(
    'lead a navigation to %s to the page',
    async path => {
      const { status, body } = await ask(path)
      expect([status, body.toString()]).toEqual([200, PAGE])
    },
  )

  it.each([
    '/missing.js',
    '/assets/missing',
    '/models/a/missing',
    '/models/a/x.onnx',
    '/.hidden',
    '/deep/x.png',
  ])('answer 404 for the missing or hidden file %s', async path => {
    expect((await ask(path)).status).toBe(404)
  })

  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%2f..%2fsecret.txt',
    '/..%5csecret.txt',
    '/%00',
    '/%zz',
    '//../../secret.txt',
  ])('refuse %s', async path => {
    const { status, body } = await ask(path)
    expect(status).toBe(400)
    expect(body.toString()).not.toContain('not for the web')
  })

  it('take no other methods than GET and HEAD', async () => {
    const { status, headers } = await ask('/', {}, 'POST')
    expect([status, headers.allow]).toEqual([405, 'GET, HEAD'])
  })
})

describe('the bodies', () => {
  it.each([
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['br;q=0, gzip', 'gzip'],
    ['BR', 'br'],
    ['identity', undefined],
    ['', undefined],
  ])('come for Accept-Encoding "%s" as %s', async (accepted, encoding) => {
    const { headers } = await ask('/assets/app-1.js', { 'accept-encoding': accepted })
    expect(headers['content-encoding']).toBe(encoding)
    expect(headers.vary).toBe('Accept-Encoding')
    expect(headers['content-type']).toBe('text/javascript; charset=utf-8')
  })

  it('have a tag of their own for each encoding', async () => {
    const accepted = ['br', 'gzip', 'identity']
    const answers = await Promise.all(accepted.map(a => ask('/assets/app-1.js', { 'accept-encoding': a })))
    expect(new Set(answers.map(answer => answer.headers.etag)).size).toBe(3)
  })

  it('stay away when the client has the version already', async () => {
    const { headers } = await ask('/models/a/query.onnx')
    const byTag = await ask('/models/a/query.onnx', { 'if-none-match': `"x", W/${headers.etag ?? ''}` })
    const byDate = await ask('/models/a/query.onnx', { 'if-modified-since': headers['last-modified'] })
    const other = await ask('/models/a/query.onnx', { 'if-none-match': '"x"' })
    expect([byTag.status, byTag.body.length, byTag.headers.etag]).toEqual([304, 0, headers.etag])
    expect([byDate.status, other.status]).toEqual([304, 200])
  })

  it.each([
    ['bytes=0-9', 206, 'bytes 0-9/300', MODEL.subarray(0, 10)],
    ['bytes=290-', 206, 'bytes 290-299/300', MODEL.subarray(290)],
    ['bytes=-7', 206, 'bytes 293-299/300', MODEL.subarray(293)],
    ['bytes=250-999', 206, 'bytes 250-299/300', MODEL.subarray(250)],
    ['bytes=0-1,5-6', 200, undefined, MODEL],
    ['bytes=9-1', 200, undefined, MODEL],
    ['bytes=-', 200, undefined, MODEL],
    ['lines=1-2', 200, undefined, MODEL],
  ])('answer the range %s with %i', async (range, status, contentRange, bytes) => {
    const answer = await ask('/models/a/query.onnx', { range })
    expect([answer.status, answer.headers['content-range']]).toEqual([status, contentRange])
    expect(answer.body.equals(bytes)).toBe(true)
  })

  it.each(['bytes=300-', 'bytes=-0'])('refuse the range %s', async range => {
    const { status, headers } = await ask('/models/a/query.onnx', { range })
    expect([status, headers['content-range']]).toEqual([416, 'bytes */300'])
  })

  it('continue a download only of the same version', async () => {
    const { headers } = await ask('/models/a/query.onnx')
    const same = await ask('/models/a/query.onnx', { range: 'bytes=5-', 'if-range': headers.etag })
    const other = await ask('/models/a/query.onnx', { range: 'bytes=5-', 'if-range': '"older"' })
    expect([same.status, other.status]).toEqual([206, 200])
  })

  it('are left out for HEAD, with the length that GET would have', async () => {
    const { status, headers, body } = await ask('/models/a/query.onnx', {}, 'HEAD')
    expect([status, headers['content-length'], body.length]).toEqual([200, '300', 0])
  })

  it('may be empty', async () => {
    const { status, body } = await ask('/empty.txt')
    expect([status, body.length]).toEqual([200, 0])
  })
})

describe('starting', () => {
  it('says what to do when the port is taken', async () => {
    await expect(serve({ root: join(root, 'dist'), port })).rejects.toThrow(
      `Port ${port} is taken: stop the program that uses it, or choose another port`,
    )
  })

  it('says what to do when there is no build', async () => {
    await expect(serve({ root, port: 0 })).rejects.toThrow('npm run build')
  })

  it('frees the port when it is closed', async () => {
    const once = await serve({ root: join(root, 'dist'), port: 0 })
    await once.close()
    const again = await serve({ root: join(root, 'dist'), port: Number(new URL(once.address).port) })
    await again.close()
    expect(again.address).toBe(once.address)
  })
})
