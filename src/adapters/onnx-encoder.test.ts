import { readFile } from 'node:fs/promises'
import * as ort from 'onnxruntime-web'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf } from '../core/errors.ts'
import { parseManifest } from '../core/model/manifest.ts'
import type { EncoderModel } from '../core/ports.ts'
import { runEncoderSuite } from './encoder.suite.ts'
import { createSha256 } from './noble-sha256.ts'
import { createOnnxEncoder } from './onnx-encoder.ts'
import type { OnnxEncoder } from './onnx-encoder.ts'

const FOLDER = new URL('../../public/models/belfry-two-tower/', import.meta.url)

async function readShipped(): Promise<EncoderModel> {
  const manifest = parseManifest(JSON.parse(await readFile(new URL('manifest.json', FOLDER), 'utf8')))
  const files = new Map<string, Uint8Array>()
  for (const { path } of manifest.files)
    files.set(path, new Uint8Array(await readFile(new URL(path, FOLDER))))
  return { manifest, files }
}

const model = await readShipped()
const opened: OnnxEncoder[] = []

async function open(change: Partial<EncoderModel> = {}): Promise<OnnxEncoder> {
  const encoder = await createOnnxEncoder({ ort, ...model, ...change, backend: 'wasm', threads: 1 })
  opened.push(encoder)
  return encoder
}

afterAll(async () => {
  for (const encoder of opened) await encoder.close()
})

runEncoderSuite('the shipped model on WASM', open)

describe('the shipped model', () => {
  it('has the files that its manifest describes, in at most 10 MB', () => {
    let total = 0
    for (const { path, bytes, sha256 } of model.manifest.files) {
      const content = model.files.get(path) ?? new Uint8Array(0)
      const hash = createSha256()
      hash.update(content)
      expect([content.length, hash.digest()], path).toEqual([bytes, sha256])
      total += bytes
    }
    expect(total).toBeLessThan(10_000_000)
  })

  describe('in use', () => {
    let encoder: OnnxEncoder

    beforeAll(async () => {
      encoder = await open()
    })

    it.each([
      [
        'how to stop bread going stale',
        'Keep loaves in a paper bag at room temperature so the crust stays crisp.',
      ],
      ['trouble falling asleep', 'Insomnia: people with this condition lie awake at night.'],
      [
        'show which processes listen on a port',
        'List open sockets together with the program that owns them.',
      ],
    ])('finds the passage for %j among others', async (query, passage) => {
      const others = [
        'The treaty was signed after three years of negotiation.',
        'Preheat the grill and season the fish with lemon.',
        'A glacier moves slowly downhill under its own weight.',
        'The committee approved the annual budget.',
      ]
      const [question, ...rows] = await Promise.all([
        encoder.encode([query], 'query'),
        ...[passage, ...others].map(text => encoder.encode([text], 'document')),
      ])
      const cosines = rows.map(row => row.reduce((sum, value, i) => sum + value * (question?.[i] ?? 0), 0))
      expect(cosines.indexOf(Math.max(...cosines))).toBe(0)
    })

    it('reads one batch like many single texts', async () => {
      const texts = ['one', 'two words', 'three short words here', 'bread bread bread and more bread']
      const together = await encoder.encode(texts, 'document')
      for (const [row, text] of texts.entries()) {
        const alone = await encoder.encode([text], 'document')
        alone.forEach((value, i) => expect(value).toBeCloseTo(together[row * alone.length + i] ?? 0, 5))
      }
    })
  })

  it('says so when its graph is broken', async () => {
    const files = new Map(model.files).set('query.onnx', new Uint8Array(100).fill(255))
    const error: unknown = await open({ files }).catch((error: unknown) => error)
    expect(codeOf(error)).toBe('EncoderFailed')
  })

  it('says so when its tokenizer is no JSON', async () => {
    const files = new Map(model.files).set('tokenizer.json', new Uint8Array(100).fill(123))
    const error: unknown = await open({ files }).catch((error: unknown) => error)
    expect(codeOf(error)).toBe('ModelUnsupported')
  })
})
