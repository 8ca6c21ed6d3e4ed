// Runs nginx on the very configuration of the image and holds its answers, header by header, against those of
// serve.mjs and so against headers.mjs. Run with `node --test`; NGINX names another program.
import assert from 'node:assert/strict'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import { cacheControl, contentType, securityHeaders } from './headers.mjs'
import { serve } from './serve.mjs'
import { startNginx } from './start-nginx.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const SCRIPT = `export const words = '${'bell '.repeat(400)}'\n`
const BYTES = Buffer.from(Array.from({ length: 300 }, (_, i) => i % 251))
const FIXTURE = {
  'secret.txt': 'not for the web',
  'dist/index.html': '<!doctype html><title>Belfry</title>',
  'dist/.hidden': 'nor this',
  'dist/service-worker.js': 'self',
  'dist/manifest.webmanifest': '{}',
  'dist/robots.txt': 'User-agent: *',
  'dist/empty.txt': '',
  'dist/icons/icon.svg': '<svg/>',
  'dist/icons/icon.png': BYTES,
  'dist/assets/app-1.js': SCRIPT,
  'dist/assets/app-1.js.gz': gzipSync(SCRIPT),
  'dist/assets/glue-1.mjs': SCRIPT,
  'dist/assets/hnswlib-worker-1.js': SCRIPT,
  'dist/assets/app-1.css': 'p{}',
  'dist/assets/runtime-1.wasm': BYTES,
  'dist/assets/font-1.woff2': BYTES,
  'dist/models/a/query.onnx': BYTES,
  'dist/models/a/table.bin': BYTES,
  'dist/models/a/manifest.json': '{}',
  'dist/models/a/LICENSE': 'free',
  'dist/models/a/card.md': '# A',
}
/** Theirs alone, or different in form: the tag is compared by its effect, the rest says nothing about the file. */
const OWN = ['date', 'server', 'connection', 'keep-alive', 'etag', 'transfer-encoding']

/** node:http, since fetch tidies ".." and decodes bodies. */
function ask(port, path, headers = {}, method = 'GET') {
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, headers, method }, response => {
      const chunks = []
      response.on('data', chunk => chunks.push(chunk))
      response.on('end', () => {
        resolve({ status: response.statusCode, headers: response.headers, body: Buffer.concat(chunks) })
      })
    })
    sent.on('error', reject)
    sent.end()
  })
}

/** What must be equal between the two servers. The page of an error is each one's own. */
function essence({ status, headers, body }) {
  const own = status >= 400 ? [...OWN, 'content-type', 'content-length'] : OWN
  const kept = Object.entries(headers).filter(([name]) => !own.includes(name))
  return {
    status,
    headers: Object.fromEntries(kept.toSorted(([a], [b]) => (a < b ? -1 : 1))),
    body: status >= 400 ? '' : body.toString('base64'),
  }
}

let folder = ''
let nginx
let ours
let port = 0

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-nginx-'))
  for (const [path, content] of Object.entries(FIXTURE)) {
    await mkdir(join(folder, path, '..'), { recursive: true })
    await writeFile(join(folder, path), content)
  }
  const dist = join(folder, 'dist')
  nginx = await startNginx({ folder: join(folder, 'nginx'), dist })
  ours = await serve({ root: dist, port: 0 })
  port = Number(new URL(ours.address).port)
})

after(async () => {
  await nginx?.stop()
  await ours?.close()
  await rm(folder, { recursive: true })
})

async function mayEval(path) {
  return /'unsafe-eval'/.test((await ask(nginx.port, path)).headers['content-security-policy'])
}

async function compare(path, headers = {}, method = 'GET') {
  const [theirs, expected] = await Promise.all([
    ask(nginx.port, path, headers, method),
    ask(port, path, headers, method),
  ])
  assert.deepEqual(essence(theirs), essence(expected))
  return theirs
}

describe('nginx answers like `npm start`', () => {
  const files = Object.keys(FIXTURE).filter(path => path.startsWith('dist/') && !/\.gz$|hidden/.test(path))
  for (const path of [
    '/',
    '/library',
    '/a/deep/place?q=bell',
    ...files.map(file => file.slice('dist'.length)),
  ]) {
    it(`for ${path}`, async () => {
      const { status, headers } = await compare(path)
      assert.equal(status, 200)
      assert.ok(headers.etag)
    })
    it(`for HEAD ${path}`, () => compare(path, {}, 'HEAD'))
  }

  for (const path of [
    '/gone.js',
    '/assets/gone',
    '/assets/gone-1.js',
    '/assets/hnswlib-worker-gone.js',
    '/models/gone',
    '/models/a/x.onnx',
    '/.hidden',
  ]) {
    it(`with 404 for ${path}`, async () => {
      assert.equal((await compare(path)).status, 404)
    })
  }

  for (const path of ['/../secret.txt', '/%2e%2e/secret.txt', '/assets/..%2f..%2fsecret.txt', '/%00']) {
    it(`with 400 for ${path}`, async () => {
      const { status, body } = await ask(nginx.port, path)
      assert.equal(status, 400)
      assert.ok(!body.includes('not for the web'))
    })
  }

  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS']) {
    it(`with 405 for ${method}`, async () => {
      assert.equal((await compare('/', {}, method)).status, 405)
    })
  }

  for (const range of ['bytes=0-9', 'bytes=290-', 'bytes=-7', 'bytes=250-999', 'bytes=0-1,5-6']) {
    it(`to the range ${range}`, () => compare('/models/a/query.onnx', { range }))
  }

  // Not compared whole: nginx sends the headers of a 416 twice over.
  it('to a range beyond the end', async () => {
    for (const server of [nginx.port, port]) {
      const { status, headers } = await ask(server, '/assets/runtime-1.wasm', { range: 'bytes=300-' })
      assert.deepEqual([status, headers['content-range']], [416, 'bytes */300'])
    }
  })

  it('with the compressed sibling', async () => {
    const { headers } = await compare('/assets/app-1.js', { 'accept-encoding': 'gzip' })
    assert.equal(headers['content-encoding'], 'gzip')
  })

  for (const path of ['/', '/assets/app-1.js', '/models/a/manifest.json']) {
    it(`with 304 where the client has ${path} already`, async () => {
      const { headers } = await ask(nginx.port, path)
      const again = await ask(nginx.port, path, { 'if-none-match': headers.etag })
      const expected = await ask(port, path, { 'if-none-match': (await ask(port, path)).headers.etag })
      assert.deepEqual(essence(again), essence(expected))
      assert.equal(again.status, 304)
    })
  }
})

describe('nginx by itself', () => {
  for (const path of ['/', '/gone.js', '/healthz', '/../secret.txt']) {
    it(`sends the whole security set on ${path}`, async () => {
      const { headers } = await ask(nginx.port, path)
      for (const [name, value] of Object.entries(securityHeaders({ policy: true }))) {
        assert.equal(headers[name.toLowerCase()], value, name)
      }
    })
  }

  it('lets one worker alone make code from text', async () => {
    assert.equal(await mayEval('/assets/hnswlib-worker-1.js'), true)
    assert.equal(await mayEval('/assets/app-1.js'), false)
    assert.equal(await mayEval('/'), false)
  })

  it('says that it is well', async () => {
    const { status, body, headers } = await ask(nginx.port, '/healthz')
    assert.deepEqual(
      [status, body.toString(), headers['content-type']],
      [200, 'ok\n', 'text/plain; charset=utf-8'],
    )
  })

  it('does not tell its version', async () => {
    assert.equal((await ask(nginx.port, '/')).headers.server, 'nginx')
    assert.doesNotMatch((await ask(nginx.port, '/gone.js')).body.toString(), /nginx\/\d/)
  })

  it('writes nothing about a visit', async () => {
    await ask(nginx.port, '/gone.js?q=a-secret-question')
    await ask(nginx.port, '/library?q=a-secret-question')
    assert.equal(nginx.complaints(), '')
  })
})

describe('models that are mounted', () => {
  const real = join(ROOT, 'public/models/belfry-two-tower')
  let onMount
  before(async () => {
    const mounted = join(folder, 'mounted')
    await cp(real, join(mounted, 'models/two-tower'), { recursive: true })
    await mkdir(join(mounted, 'models/a'))
    await writeFile(join(mounted, 'models/a/manifest.json'), '{"mounted":true}')
    onMount = await startNginx({ folder: join(folder, 'nginx-mount'), dist: join(folder, 'dist'), mounted })
  })
  after(() => onMount?.stop())

  it('are sent whole, with their types, and asked about before each use', async () => {
    for (const name of readdirSync(real)) {
      const { status, headers, body } = await ask(onMount.port, `/models/two-tower/${name}`)
      assert.equal(status, 200, name)
      assert.deepEqual(
        [headers['content-type'], headers['cache-control']],
        [contentType(name), cacheControl(`/models/two-tower/${name}`)],
        name,
      )
      assert.ok(body.equals(readFileSync(join(real, name))), name)
    }
  })

  it('are sent in parts, so that a broken download goes on', async () => {
    const whole = readFileSync(join(real, 'table.bin'))
    const range = { range: `bytes=${whole.length - 1000}-` }
    const { status, headers, body } = await ask(onMount.port, '/models/two-tower/table.bin', range)
    const { length } = whole
    assert.deepEqual(
      [status, headers['content-range']],
      [206, `bytes ${length - 1000}-${length - 1}/${length}`],
    )
    assert.ok(body.equals(whole.subarray(-1000)))
  })

  it('come before those of the build, which stay', async () => {
    assert.equal((await ask(onMount.port, '/models/a/manifest.json')).body.toString(), '{"mounted":true}')
    assert.ok((await ask(onMount.port, '/models/a/query.onnx')).body.equals(BYTES))
    assert.equal((await ask(onMount.port, '/models/two-tower/gone.bin')).status, 404)
  })
})

const built = join(ROOT, 'dist')
describe('nginx on the real build', {
  skip: existsSync(join(built, 'index.html')) ? false : 'there is no build',
}, () => {
  it('sends each file with the headers of `npm start`', async () => {
    const onBuild = await startNginx({ folder: join(folder, 'nginx-build'), dist: built })
    const oursOnBuild = await serve({ root: built, port: 0 })
    try {
      const files = readdirSync(built, { recursive: true, withFileTypes: true }).filter(entry =>
        entry.isFile(),
      )
      const paths = files.map(entry => join(entry.parentPath ?? entry.path, entry.name).slice(built.length))
      for (const path of paths.filter(name => !['.br', '.gz'].includes(extname(name)))) {
        const headers = { 'accept-encoding': 'gzip' }
        const theirs = await ask(onBuild.port, path, headers, 'HEAD')
        const expected = await ask(Number(new URL(oursOnBuild.address).port), path, headers, 'HEAD')
        assert.deepEqual(essence(theirs), essence(expected), path)
      }
    } finally {
      await onBuild.stop()
      await oursOnBuild.close()
    }
  })
})
