// A real Chroma server behind nginx.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'
import { hasChroma, startChroma } from '../chroma-server.mjs'
import { ask, COLLECTIONS, hasSecurityHeaders, HEARTBEAT, isSentence, nginxWith } from './proxy-fixture.mjs'

describe('a real Chroma server', {
  skip: hasChroma() ? false : 'there is no Chroma server for this system',
}, () => {
  let chroma
  let nginx
  before(async () => {
    chroma = await startChroma()
    nginx = await nginxWith({ CHROMA_URL: chroma.url })
  })
  after(() => chroma.stop())

  it('is reached, and says its health', async () => {
    const beat = await ask(nginx, HEARTBEAT)
    assert.ok(beat.json['nanosecond heartbeat'] > 0)
    hasSecurityHeaders(beat)
    assert.equal((await ask(nginx, '/chroma/api/v2/healthcheck')).status, 200)
  })

  it('keeps records, finds them and gives them up', async () => {
    const { json: made } = await ask(nginx, COLLECTIONS, { json: { name: 'notes' } })
    const records = `${COLLECTIONS}/${made.id}`
    const ids = Array.from({ length: 300 }, (_, i) => `note-${i}`)
    const embeddings = ids.map((_, i) => [Math.cos(i), Math.sin(i)])
    assert.equal((await ask(nginx, `${records}/upsert`, { json: { ids, embeddings } })).status, 200)
    assert.equal((await ask(nginx, `${records}/count`)).json, 300)
    const found = await ask(nginx, `${records}/query`, {
      json: { query_embeddings: [embeddings[7]], n_results: 1 },
    })
    assert.deepEqual(found.json.ids, [['note-7']])
    const all = await ask(nginx, `${records}/get`, { json: { include: ['embeddings'] } })
    assert.equal(all.headers.get('content-encoding'), 'gzip')
    assert.equal(all.json.ids.length, 300)
    assert.equal((await ask(nginx, `${COLLECTIONS}/notes`, { method: 'DELETE' })).status, 200)
    const gone = await ask(nginx, `${COLLECTIONS}/notes`)
    assert.equal(gone.status, 404)
    assert.ok(gone.json.message)
  })

  it('is not emptied', async () => {
    isSentence(await ask(nginx, '/chroma/api/v2/reset', { method: 'POST' }), 403, 'Forbidden')
  })

  it('gets no more than 40 MiB at a time', async () => {
    const { json: made } = await ask(nginx, COLLECTIONS, { json: { name: 'large', get_or_create: true } })
    const upsert = size =>
      ask(nginx, `${COLLECTIONS}/${made.id}/upsert`, { json: { ids: ['x'.repeat(size)] } })
    isSentence(await upsert(40 * 2 ** 20), 413, 'TooLarge')
    // So large that only nginx could refuse it for that; Chroma misses the embeddings.
    assert.equal((await upsert(39 * 2 ** 20)).status, 422)
  })

  it('is a sentence while it is down, and there again afterwards, with what it kept', async () => {
    await ask(nginx, COLLECTIONS, { json: { name: 'kept', get_or_create: true } })
    const { folder: data, port, kill } = chroma
    await kill()
    isSentence(await ask(nginx, HEARTBEAT), 502, 'Unreachable')
    const again = await startChroma({ folder: data, port })
    try {
      assert.equal((await ask(nginx, `${COLLECTIONS}/kept`)).json.name, 'kept')
    } finally {
      await again.stop()
    }
  })
})
