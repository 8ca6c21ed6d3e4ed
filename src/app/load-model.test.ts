import { describe, expect, it } from 'vitest'
import { createMemoryModelStore } from '../adapters/memory-model-store.ts'
import { createSha256 } from '../adapters/noble-sha256.ts'
import type { BelfryEvent } from '../core/events.ts'
import type { ModelSource, ModelStore } from '../core/ports/model-files.ts'
import { loadModel } from './load-model.ts'

const CONTENTS: Record<string, Uint8Array> = {
  'query.onnx': Uint8Array.of(1, 2, 3, 4),
  'document.onnx': Uint8Array.of(5, 6, 7),
  'tokenizer.json': new Uint8Array(1000).fill(8),
}

function hashOf(bytes: Uint8Array): string {
  const hash = createSha256()
  hash.update(bytes)
  return hash.digest()
}

const tower = (graph: string) => ({ graph, externalData: [], prefix: '', maxTokens: 16 })
const MANIFEST = {
  format: 'belfry.two-tower',
  formatVersion: 1,
  name: 'Tiny',
  version: '1',
  licence: 'Apache-2.0',
  sources: [],
  dimension: 8,
  towers: { query: tower('query.onnx'), document: tower('document.onnx') },
  tokenizer: 'tokenizer.json',
  files: Object.entries(CONTENTS).map(([path, bytes]) => ({
    path,
    bytes: bytes.length,
    sha256: hashOf(bytes),
  })),
  fusion: { weight: 0.4 },
  strength: { strong: 0.6, fair: 0.4 },
}

/** A source that can be made to misbehave, and counts what is read. */
function sourceWith(changed: Partial<Record<string, (attempt: number) => Iterable<Uint8Array>>> = {}) {
  const reads: string[] = []
  const source: ModelSource = {
    manifest: async () => MANIFEST,
    async *read(path) {
      reads.push(path)
      const bytes = CONTENTS[path] ?? new Uint8Array()
      const pieces = changed[path]?.(reads.filter(read => read === path).length)
      yield* pieces ?? [bytes.subarray(0, 2), bytes.subarray(2)]
    },
  }
  return { source, reads }
}

async function load(source: ModelSource, store: ModelStore = createMemoryModelStore()) {
  const events: BelfryEvent[] = []
  const model = await loadModel({ source, store, sha256: createSha256 }, event => events.push(event))
  return { model, events, store }
}

const damaged = () => [Uint8Array.of(1, 2, 3, 5)]

describe('loadModel', () => {
  it('downloads every file, with progress over all of them', async () => {
    const { model, events } = await load(sourceWith().source)
    expect(Object.fromEntries(model.files)).toEqual(CONTENTS)
    const progress = events.flatMap(event => (event.type === 'model-progressed' ? [event.loaded] : []))
    expect(progress).toEqual([2, 4, 6, 7, 9, 1007])
    expect(events).toContainEqual({ type: 'model-progressed', loaded: 1007, total: 1007 })
  })

  it('reads nothing from the source once everything is stored', async () => {
    const { store } = await load(sourceWith().source)
    const { source, reads } = sourceWith()
    const { model } = await load(source, store)
    expect(reads).toEqual([])
    expect(Object.fromEntries(model.files)).toEqual(CONTENTS)
  })

  it('starts from the stored manifest when the source is out of reach', async () => {
    const { store } = await load(sourceWith().source)
    const unreachable: ModelSource = {
      manifest: () => Promise.reject(new Error('offline')),
      read: () => {
        throw new Error('offline')
      },
    }
    expect((await load(unreachable, store)).model.manifest.name).toBe('Tiny')
    await expect(load(unreachable)).rejects.toThrow('offline')
  })

  it('notices a broken byte in a stored file and fetches that file again', async () => {
    const { store } = await load(sourceWith().source)
    await store.put(hashOf(CONTENTS['query.onnx'] ?? new Uint8Array()), Uint8Array.of(1, 2, 3, 5))
    const { source, reads } = sourceWith()
    const { model, events } = await load(source, store)
    expect(reads).toEqual(['query.onnx'])
    expect(events).toContainEqual({ type: 'model-repaired', file: 'query.onnx' })
    expect(Object.fromEntries(model.files)).toEqual(CONTENTS)
  })

  it('downloads a file once more when it arrives damaged', async () => {
    const { source, reads } = sourceWith({
      'query.onnx': attempt => (attempt === 1 ? damaged() : [Uint8Array.of(1, 2, 3, 4)]),
    })
    expect(Object.fromEntries((await load(source)).model.files)).toEqual(CONTENTS)
    expect(reads.filter(path => path === 'query.onnx')).toHaveLength(2)
  })

  it.each([
    ['damaged', damaged],
    ['too short', () => [Uint8Array.of(1, 2)]],
    ['too long', () => [Uint8Array.of(1, 2, 3, 4, 5)]],
    ['empty', () => []],
  ])('refuses a file that keeps arriving %s, and keeps nothing of it', async (_, pieces) => {
    const store = createMemoryModelStore()
    const { source } = sourceWith({ 'query.onnx': pieces })
    await expect(load(source, store)).rejects.toMatchObject({
      name: 'ModelCorrupt',
      message: expect.stringContaining('query.onnx'),
    })
    expect(await store.get(hashOf(CONTENTS['query.onnx'] ?? new Uint8Array()))).toBeUndefined()
  })

  it('names the file when a download breaks off, and goes on from there next time', async () => {
    const store = createMemoryModelStore()
    const breaking = {
      *[Symbol.iterator]() {
        yield Uint8Array.of(5)
        throw new Error('the line went dead')
      },
    }
    const { source } = sourceWith({ 'document.onnx': () => breaking })
    await expect(load(source, store)).rejects.toMatchObject({
      name: 'ModelUnavailable',
      message: expect.stringMatching(/document\.onnx.*the line went dead/),
    })
    const { source: mended, reads } = sourceWith()
    await load(mended, store)
    expect(reads).toEqual(['document.onnx', 'tokenizer.json'])
  })

  it('works although nothing can be stored', async () => {
    const full = { ...createMemoryModelStore(), put: () => Promise.reject(new Error('full')) }
    expect(Object.fromEntries((await load(sourceWith().source, full)).model.files)).toEqual(CONTENTS)
  })

  it('frees the files of an earlier model', async () => {
    const store = createMemoryModelStore()
    await store.put('ab'.repeat(32), Uint8Array.of(1))
    await load(sourceWith().source, store)
    expect(await store.get('ab'.repeat(32))).toBeUndefined()
  })

  it('refuses a manifest that it does not understand', async () => {
    const { source } = sourceWith()
    const odd = { ...source, manifest: async () => ({ format: 'other' }) }
    await expect(load(odd)).rejects.toMatchObject({ name: 'ModelUnsupported' })
  })
})
