// A Chroma server behind HTTPS: its certificate must be trusted, and be for the name that was asked for.
import assert from 'node:assert/strict'
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:https'
import { describe, it } from 'node:test'
import { ask, HEARTBEAT, isSentence, nginxWith, scratch, untilTheEnd } from './proxy-fixture.mjs'

const CAN = spawnSync('openssl', ['version']).status === 0

/** A server with a certificate of its own for a name; it answers with what it was told. */
async function startSecure(name) {
  const [key, cert] = [scratch(`${name}.key`), scratch(`${name}.pem`)]
  const files = ['-keyout', key, '-out', cert, '-days', '2']
  const subject = ['-subj', `/CN=${name}`, '-addext', `subjectAltName=DNS:${name}`]
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', ...files, ...subject])
  assert.equal(made.status, 0, made.stderr.toString())
  const options = { key: await readFile(key), cert: await readFile(cert) }
  const server = createServer(options, ({ socket, headers }, response) => {
    response.setHeader('Content-Type', 'application/json')
    response.end(
      JSON.stringify({ name: socket.servername, host: headers.host, token: headers['x-chroma-token'] }),
    )
  })
  await once(server.listen(0, '127.0.0.1'), 'listening')
  untilTheEnd(() => {
    server.close()
    server.closeAllConnections()
  })
  const { port } = server.address()
  return { env: { CHROMA_URL: `https://localhost:${port}`, CHROMA_TOKEN: 'secret' }, port, cert }
}

describe('Chroma behind HTTPS', { skip: CAN ? false : 'there is no openssl' }, () => {
  it('is asked by its name, with its token', async () => {
    const { env, port, cert } = await startSecure('localhost')
    const nginx = await nginxWith({ ...env, CHROMA_CA_FILE: cert })
    const { json } = await ask(nginx, HEARTBEAT)
    assert.deepEqual(json, { name: 'localhost', host: `localhost:${port}`, token: 'secret' })
  })

  it('is not asked where nobody trusts its certificate', async () => {
    const { env } = await startSecure('localhost')
    const { cert: another } = await startSecure('another.example')
    const nginx = await nginxWith({ ...env, CHROMA_CA_FILE: another })
    isSentence(await ask(nginx, HEARTBEAT), 502, 'Unreachable')
    assert.match(nginx.complaints(), /certificate verify error/)
  })

  it('is not asked where its certificate is for another name', async () => {
    const { env, cert } = await startSecure('another.example')
    const nginx = await nginxWith({ ...env, CHROMA_CA_FILE: cert })
    isSentence(await ask(nginx, HEARTBEAT), 502, 'Unreachable')
    assert.match(nginx.complaints(), /does not match "localhost"/)
  })
})
