import { readFile } from 'node:fs/promises'
import * as ort from 'onnxruntime-web'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { codeOf } from '../core/errors.ts'
import { parseManifest } from '../core/model/manifest.ts'
import type { EncoderModel } from '../core/ports/encoder.ts'
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

/** Queries, and passages without a telling word of theirs. */
const PARAPHRASES: Readonly<Record<string, string>> = {
  'trouble falling asleep': 'Insomnia: people with this condition lie awake at night.',
  'how to stop bread going stale': 'Keep loaves in a paper bag so the crust stays crisp.',
  'car will not start': 'The engine fails to turn over when the battery is flat.',
  'reduce my electricity bill': 'Lower your energy costs by switching off appliances that nobody uses.',
  'doctor for children': 'Pediatricians treat infants and young patients.',
  'cheap flights': 'Budget airlines sell low-cost tickets.',
  'heart attack signs': 'Myocardial infarction symptoms include chest pain and shortness of breath.',
  'save money for old age': 'Retirement pensions let workers put aside income.',
  'weather tomorrow': 'The forecast predicts rain and wind.',
  'stop smoking': 'Nicotine patches help people quit cigarettes.',
  'king dies': 'The monarch passed away and his son took the throne.',
  'send photos to a friend': 'Share pictures with other people by email.',
  'growing vegetables': 'Plant tomatoes and carrots in garden soil in spring.',
  'high blood sugar': 'Diabetes raises glucose levels.',
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

    it('finds most passages that say the same in other words', async () => {
      const { dimension } = model.manifest
      const questions = await encoder.encode(Object.keys(PARAPHRASES), 'query')
      const passages = await encoder.encode(Object.values(PARAPHRASES), 'document')
      const cosine = (question: number, passage: number): number => {
        const row = questions.subarray(question * dimension, (question + 1) * dimension)
        return row.reduce((sum, value, i) => sum + value * (passages[passage * dimension + i] ?? 0), 0)
      }
      const all = Array.from(Object.keys(PARAPHRASES).keys())
      const found = all.filter(own => all.every(other => cosine(own, other) <= cosine(own, own)))
      expect(found.length).toBeGreaterThanOrEqual(all.length - 2)
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
