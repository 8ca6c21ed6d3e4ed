/** Runs in a built page: what a file goes through on its way in, one stage at a time and nothing else beside it. */
import { createFetchModelSource } from '../../src/adapters/fetch-model-source.ts'
import { createMemoryModelStore } from '../../src/adapters/memory-model-store.ts'
import { createSha256 } from '../../src/adapters/noble-sha256.ts'
import { createWorkerEncoder } from '../../src/adapters/worker-encoder.ts'
import { createWorkerExtractor } from '../../src/adapters/worker-extractor.ts'
import { cutIntoPassages } from '../../src/app/cut-into-passages.ts'
import { embedDocuments } from '../../src/app/embed.ts'
import { loadModel } from '../../src/app/load-model.ts'
import { indexedText } from '../../src/core/document.ts'
import type { Encoder } from '../../src/core/ports/encoder.ts'
import type { Extracted, ExtractedDocument } from '../../src/core/ports/extractor.ts'

export interface Extracting {
  readonly seconds: number
  readonly files: number
  readonly documents: number
  /** UTF-16 units. */
  readonly units: number
}

export interface Embedding {
  readonly passages: number
  readonly cutSeconds: number
  readonly embedSeconds: number
}

let documents: ExtractedDocument[] = []
let encoder: Encoder | undefined

/** Reads every chosen file to its end. @param keeps Whether the documents are kept for `embed`. */
async function extract(keeps: boolean): Promise<Extracting> {
  const extractor = createWorkerExtractor()
  documents = []
  let [count, units] = [0, 0]
  const files = [...document.querySelectorAll('input')].flatMap(input => [...(input.files ?? [])])
  const began = performance.now()
  for (const file of files) {
    const source = { name: file.name, path: file.webkitRelativePath, modifiedAt: 0, blob: file }
    for await (const extracted of documentsOf(extractor, source)) {
      if (!('id' in extracted)) continue
      count++
      units += extracted.text.length
      if (keeps) documents.push(extracted)
    }
  }
  return { seconds: (performance.now() - began) / 1000, files: files.length, documents: count, units }
}

async function* documentsOf(
  extractor: ReturnType<typeof createWorkerExtractor>,
  source: Parameters<typeof extractor.open>[0],
): AsyncGenerator<Extracted> {
  try {
    const reading = await extractor.open(source)
    for (;;) {
      const extracted = await extractor.next(reading)
      if (extracted === undefined) return
      yield extracted
    }
  } catch {
    // What cannot be read takes its time all the same.
  }
}

async function startModel(): Promise<void> {
  const source = createFetchModelSource(new URL('/models/belfry-two-tower/', location.href).href)
  const model = await loadModel({ source, store: createMemoryModelStore(), sha256: createSha256 }, () => {})
  encoder = await createWorkerEncoder({ model, backend: 'wasm' })
  await encoder.encode(['warm'], 'document')
}

/** Cuts all documents into passages, and then embeds these, full batches all of them. */
async function embed(): Promise<Embedding> {
  if (encoder === undefined) throw new Error('expected startModel() before embed()')
  const began = performance.now()
  const texts: string[] = []
  for (const extracted of documents) {
    const passages = await cutIntoPassages(extracted, encoder)
    texts.push(...passages.map(passage => indexedText(extracted, extracted.text, passage)))
  }
  const cut = performance.now()
  await embedDocuments(texts, encoder, { aborted: false }, () => {})
  return {
    passages: texts.length,
    cutSeconds: (cut - began) / 1000,
    embedSeconds: (performance.now() - cut) / 1000,
  }
}

/** What the benchmark calls. */
Object.assign(globalThis, { bench: { extract, startModel, embed } })
