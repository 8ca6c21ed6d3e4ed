// What start.sh takes from the environment, and refuses with a sentence.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { describe, it } from 'node:test'
import { fileURLToPath } from 'node:url'
import { scratch } from './proxy-fixture.mjs'

const START = fileURLToPath(new URL('../../nginx/start.sh', import.meta.url))

function start(env) {
  const run = scratch('refused')
  return spawnSync('sh', [START], {
    env: { PATH: process.env.PATH, BELFRY_RUN: run, NGINX_PROGRAM: 'true', ...env },
  })
}

describe('a start', () => {
  const url = 'http://chroma:8000'

  for (const env of [
    { CHROMA_URL: url },
    { CHROMA_URL: 'http://[::1]:8000/' },
    { CHROMA_URL: 'https://api.example.org/a/b', CHROMA_CA_FILE: START },
    { CHROMA_URL: '', CHROMA_TIMEOUT: 'never' },
  ]) {
    it(`accepts ${JSON.stringify(env)}`, () => {
      assert.deepEqual([start(env).status, start(env).stderr.toString()], [0, ''])
    })
  }

  for (const [env, complaint] of [
    [
      { CHROMA_URL: 'chroma:8000' },
      /^Belfry does not start: CHROMA_URL must look like .* and is "chroma:8000"\.$/m,
    ],
    [{ CHROMA_URL: 'http://user:password@chroma' }, /CHROMA_URL must look like/],
    [{ CHROMA_URL: 'http://chroma;\ninclude /etc/passwd' }, /CHROMA_URL must look like/],
    [{ CHROMA_URL: 'http://$host/' }, /CHROMA_URL must look like/],
    [{ CHROMA_URL: 'http://chroma/"; return 200 "' }, /CHROMA_URL must look like/],
    [{ CHROMA_URL: url, CHROMA_TOKEN: 'a"; b' }, /CHROMA_TOKEN must be of letters/],
    [{ CHROMA_URL: url, CHROMA_ACCESS_TOKEN: 'a\nb' }, /CHROMA_ACCESS_TOKEN must be of letters/],
    [
      { CHROMA_URL: url, CHROMA_TOKEN: 'a', CHROMA_TOKEN_FILE: START },
      /both CHROMA_TOKEN and CHROMA_TOKEN_FILE are set/,
    ],
    [
      { CHROMA_URL: url, CHROMA_TOKEN_FILE: '/nowhere' },
      /CHROMA_TOKEN_FILE names \/nowhere, which cannot be read/,
    ],
    [
      { CHROMA_URL: url, CHROMA_TOKEN_FILE: '/dev/null' },
      /CHROMA_TOKEN_FILE names \/dev\/null, which is empty/,
    ],
    [
      { CHROMA_URL: url, CHROMA_TOKEN: 'a', CHROMA_TOKEN_HEADER: 'cookie' },
      /must be x-chroma-token or authorization/,
    ],
    [{ CHROMA_URL: url, CHROMA_TIMEOUT: '1s' }, /CHROMA_TIMEOUT must be seconds/],
    [{ CHROMA_URL: url, CHROMA_RESOLVER: '1.1.1.1;' }, /CHROMA_RESOLVER must be/],
    [{ CHROMA_URL: 'https://chroma', CHROMA_CA_FILE: '/nowhere' }, /certificates to trust in \/nowhere/],
  ]) {
    it(`refuses ${JSON.stringify(env)}`, () => {
      const { status, stderr } = start(env)
      assert.equal(status, 1)
      assert.match(stderr.toString(), complaint)
    })
  }
})
