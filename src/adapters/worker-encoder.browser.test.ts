import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadModel } from '../app/load-model.ts'
import type { Backend, Encoder, EncoderModel } from '../core/ports/encoder.ts'
import { runEncoderSuite } from './encoder.suite.ts'
import { createFetchModelSource } from './fetch-model-source.ts'
import { createMemoryModelStore } from './memory-model-store.ts'
import { createSha256 } from './noble-sha256.ts'
import { createWorkerEncoder } from './worker-encoder.ts'

/** SwiftShader takes seconds for its first run of each shader. */
const PATIENCE = 120_000

const spawnBroken = () => new Worker(URL.createObjectURL(new Blob(['throw new Error("broken")'])))

let model: EncoderModel
const opened: { close(): void }[] = []

beforeAll(async () => {
  const source = createFetchModelSource(new URL('/models/belfry-two-tower/', location.href).href)
  model = await loadModel({ source, store: createMemoryModelStore(), sha256: createSha256 }, () => {})
})

afterAll(() => {
  for (const encoder of opened) encoder.close()
})

async function open(backend: Backend): Promise<Encoder> {
  const encoder = await createWorkerEncoder({ model, backend })
  opened.push(encoder)
  return encoder
}

let shared: Promise<Encoder> | undefined
runEncoderSuite('WASM in a worker', () => (shared ??= open('wasm')))

describe('the two backends', () => {
  it('agree on every number to 1e-4', { timeout: PATIENCE }, async () => {
    const texts = [
      'bread',
      'How do I keep a loaf from going stale?',
      '',
      'Keep loaves in a paper bag. '.repeat(40),
    ]
    const [wasm, gpu] = [await open('wasm'), await open('webgpu')]
    expect((await wasm.info()).backend).toBe('wasm')
    expect((await gpu.info()).backend).toBe('webgpu')
    for (const tower of ['query', 'document'] as const) {
      const [expected, got] = [await wasm.encode(texts, tower), await gpu.encode(texts, tower)]
      expect(got).toHaveLength(expected.length)
      const apart = Math.max(...expected.map((value, i) => Math.abs(value - (got[i] ?? Number.NaN))))
      expect(apart).toBeLessThanOrEqual(1e-4)
    }
  })

  it('take threads where the page is isolated', async () => {
    expect(crossOriginIsolated).toBe(true)
    expect((await (await open('wasm')).info()).threads).toBe(Math.min(4, navigator.hardwareConcurrency))
  })
})

describe('a worker that stops', () => {
  it('is replaced by one on WASM when it was on WebGPU, and the call is answered', {
    timeout: PATIENCE,
  }, async () => {
    const workers: Worker[] = []
    const spawn = () => {
      const worker = new Worker(new URL('../../workers/encode.ts', import.meta.url), { type: 'module' })
      workers.push(worker)
      return worker
    }
    const encoder = await createWorkerEncoder({ model, backend: 'webgpu', spawn, patience: 40_000 })
    opened.push(encoder)
    const call = encoder.encode(['bread'], 'query')
    // Until the call has reached the worker; the answer takes longer than these few turns.
    for (let turn = 0; turn < 10; turn++) await Promise.resolve()
    workers[0]?.dispatchEvent(new ErrorEvent('error', { message: 'the device was lost' }))
    expect(await call).toHaveLength(model.manifest.dimension)
    expect((await encoder.info()).backend).toBe('wasm')
    expect(workers).toHaveLength(2)
  })

  it('is an error with a sentence when it was on WASM', async () => {
    const starting = createWorkerEncoder({ model, backend: 'wasm', spawn: spawnBroken })
    await expect(starting).rejects.toMatchObject({
      name: 'EncoderFailed',
      message: expect.stringContaining('broken'),
    })
  })
})
