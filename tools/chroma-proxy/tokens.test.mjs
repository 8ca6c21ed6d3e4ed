// Chroma's token, which no browser sees, and the browser's, which Chroma never sees.
import assert from 'node:assert/strict'
import { writeFile } from 'node:fs/promises'
import { before, describe, it } from 'node:test'
import { ask, COLLECTIONS, HEARTBEAT, isSentence, nginxWith, scratch, upstream } from './proxy-fixture.mjs'

const TOKEN = 'Secret.Token+1/2='
const ACCESS = 'Open-Sesame~7'

function basic(user, password) {
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }
}

describe('the token of Chroma', () => {
  for (const [header, name, value] of [
    ['', 'x-chroma-token', TOKEN],
    ['authorization', 'authorization', `Bearer ${TOKEN}`],
  ]) {
    it(`is added as ${name}, whatever the browser says, and never shown`, async () => {
      const server = await upstream()
      const file = scratch('token')
      await writeFile(file, `${TOKEN}\n`)
      const nginx = await nginxWith({
        CHROMA_URL: server.url,
        CHROMA_TOKEN_FILE: file,
        CHROMA_TOKEN_HEADER: header,
      })
      const theirs = { 'x-chroma-token': 'mine', authorization: 'Bearer mine' }
      const answer = await ask(nginx, HEARTBEAT, { headers: theirs })
      const { 'x-chroma-token': _, authorization: __, ...rest } = server.seen[0].headers
      assert.deepEqual(server.seen[0].headers, { ...rest, [name]: value })
      assert.ok(!JSON.stringify([answer.text, ...answer.headers]).includes(TOKEN))
      assert.equal(nginx.complaints(), '')
    })
  }
})

describe('a token that the browser must send', () => {
  let server
  let nginx
  before(async () => {
    server = await upstream()
    nginx = await nginxWith({ CHROMA_URL: server.url, CHROMA_ACCESS_TOKEN: ACCESS })
  })

  for (const [words, headers] of Object.entries({
    none: {},
    another: { 'x-chroma-token': 'Open-Sesame' },
    'one in small letters': { 'x-chroma-token': ACCESS.toLowerCase() },
    'a bearer in small letters': { authorization: `Bearer ${ACCESS.toLowerCase()}` },
    'a longer one': { 'x-chroma-token': `${ACCESS}7` },
    'another user': basic('root', ACCESS),
  })) {
    it(`refuses ${words}`, async () => {
      const answer = await ask(nginx, COLLECTIONS, { json: {}, headers })
      isSentence(answer, 401, 'Unauthorized')
      assert.equal(answer.headers.get('www-authenticate'), 'Bearer realm="Chroma"')
      assert.equal(server.seen.length, 0)
    })
  }

  for (const [words, headers] of Object.entries({
    'x-chroma-token': { 'x-chroma-token': ACCESS },
    'a bearer': { authorization: `Bearer ${ACCESS}` },
    'a password': basic('belfry', ACCESS),
  })) {
    it(`is taken as ${words}, and goes no further`, async () => {
      assert.equal((await ask(nginx, HEARTBEAT, { headers })).status, 200)
      assert.ok(!JSON.stringify(server.seen.splice(0)).includes(headers.authorization ?? ACCESS))
    })
  }
})
