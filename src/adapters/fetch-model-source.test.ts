import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ModelSource } from '../core/ports/model-files.ts'
import { createFetchModelSource } from './fetch-model-source.ts'

/** A server with a hub's manners, the bad ones included. */
const answers: Record<string, (response: ServerResponse, request: IncomingMessage) => void> = {
  '/model/manifest.json': response => response.end('{"name":"m"}'),
  '/page/manifest.json': response => response.end('<!doctype html>'),
  '/model/whole.bin': response => response.end(Buffer.alloc(300_000, 7)),
  '/model/moved.bin': response => response.writeHead(302, { Location: '/model/whole.bin' }).end(),
  '/model/empty.bin': response => response.end(),
  '/model/slow.bin': response => {
    response.write(Buffer.alloc(10, 1))
    setTimeout(() => response.end(Buffer.alloc(10, 2)), 50)
  },
  '/model/cut.bin': response => {
    response.writeHead(200, { 'Content-Length': '1000' })
    response.write(Buffer.alloc(10), () => response.destroy())
  },
  '/model/broken.bin': response => response.writeHead(500).end('oops'),
}

let server: Server
let base: string

beforeAll(async () => {
  server = createServer((request, response) => {
    const answer = answers[request.url ?? '']
    if (answer === undefined) response.writeHead(404).end()
    else answer(response, request)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
})
afterAll(() => {
  server.close()
})

async function bytesOf(source: ModelSource, path: string): Promise<number[]> {
  const bytes: number[] = []
  for await (const chunk of source.read(path)) bytes.push(...chunk)
  return bytes
}

describe('model source over HTTP', () => {
  it('reads the manifest', async () => {
    expect(await createFetchModelSource(`${base}model/`).manifest()).toEqual({ name: 'm' })
  })

  it('reads a file in pieces', async () => {
    const bytes = await bytesOf(createFetchModelSource(`${base}model/`), 'whole.bin')
    expect(bytes).toHaveLength(300_000)
    expect(bytes.every(byte => byte === 7)).toBe(true)
  })

  it('follows a redirect', async () => {
    expect(await bytesOf(createFetchModelSource(`${base}model/`), 'moved.bin')).toHaveLength(300_000)
  })

  it('reads a slow file to its end, and an empty one', async () => {
    const source = createFetchModelSource(`${base}model/`)
    expect(await bytesOf(source, 'slow.bin')).toHaveLength(20)
    expect(await bytesOf(source, 'empty.bin')).toEqual([])
  })

  it.each(['missing.bin', 'broken.bin'])('says that %s was refused', async path => {
    const reading = bytesOf(createFetchModelSource(`${base}model/`), path)
    await expect(reading).rejects.toMatchObject({
      name: 'ModelUnavailable',
      message: expect.stringMatching(/404|500/),
    })
  })

  it('fails when the file is cut off', async () => {
    await expect(bytesOf(createFetchModelSource(`${base}model/`), 'cut.bin')).rejects.toThrow()
  })

  it('says that a web page is no manifest', async () => {
    const asked = createFetchModelSource(`${base}page/`).manifest()
    await expect(asked).rejects.toMatchObject({ name: 'ModelUnavailable' })
  })

  it('says that nobody answers', async () => {
    const asked = createFetchModelSource('http://127.0.0.1:9/').manifest()
    await expect(asked).rejects.toMatchObject({ name: 'ModelUnavailable' })
  })
})
