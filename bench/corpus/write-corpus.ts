/** Cuts texts into passages, reads them with the model, and writes what comes out. */
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import type { Encoder } from '../../src/core/ports/encoder.ts'
import { type CutPassage, cutPassages, generatedPassages } from '../passages.ts'
import { type CorpusFacts, type CorpusRequest, TEXTS_A_PAGE } from './corpus-facts.ts'
import { openModel } from './embed-texts.ts'

export interface CorpusOrder extends CorpusRequest {
  readonly isReal: boolean
  readonly folder: string
}

/** Queries of a corpus. */
const QUERIES = 300
/** UTF-16 units of a query at most. */
const MOST_QUERY = 100
/** Pages between two words about how far it is. */
const PAGES_A_WORD = 50

export async function writeCorpus(order: CorpusOrder, say: (line: string) => void): Promise<CorpusFacts> {
  const { passages, folder, isReal, seed } = order
  const encoder = await openModel()
  const { dimension, modelName } = await encoder.info()
  const files = {
    rows: openSync(join(folder, 'rows.f32'), 'w'),
    texts: openSync(join(folder, 'texts.json'), 'w'),
  }
  const queries: string[] = []
  const pages = [0]
  let [done, apart, textBytes] = [0, 0, 0]
  for (const page of pagesOf(order, queries)) {
    const texts = page.map(({ text }) => text)
    const bytes = Buffer.from(`${JSON.stringify(texts)}\n`)
    writeSync(files.texts, bytes)
    pages.push((pages.at(-1) ?? 0) + bytes.length)
    writeSync(files.rows, new Uint8Array((await encoder.encode(texts, 'document')).buffer))
    done += page.length
    apart += page.filter(({ round }) => round === 0).length
    textBytes += texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0)
    if (pages.length % PAGES_A_WORD === 0) say(`${done} of ${passages} passages read`)
  }
  for (const file of Object.values(files)) closeSync(file)
  writeFileSync(join(folder, 'queries.f32'), new Uint8Array(await encodeQueries(encoder, queries)))
  await encoder.close()
  return {
    passages: done,
    isReal,
    apart,
    model: modelName,
    modelDimension: dimension,
    textBytes,
    seed,
    queries,
    pages,
  }
}

/** The passage of a query is not among the rows; queries are spread evenly over the rows. */
function* pagesOf({ passages, text, isReal, seed }: CorpusOrder, queries: string[]): Generator<CutPassage[]> {
  const every = Math.max(2, Math.floor(passages / QUERIES))
  let page: CutPassage[] = []
  let [seen, kept] = [0, 0]
  for (const passage of isReal ? cutPassages(text) : generatedPassages(seed)) {
    if (seen++ % every === 0 && queries.length < QUERIES) {
      queries.push(sentenceOf(passage.text))
      continue
    }
    page.push(passage)
    if (++kept === passages || page.length === TEXTS_A_PAGE) {
      yield page
      page = []
    }
    if (kept === passages) return
  }
}

/** The second sentence, where there are two: the first is often a heading. */
function sentenceOf(text: string): string {
  const sentences = text.split(/[.?!;\n]/).filter(part => part.trim().length > 20)
  return (sentences[1] ?? sentences[0] ?? text).trim().slice(0, MOST_QUERY)
}

async function encodeQueries(encoder: Encoder, queries: readonly string[]): Promise<ArrayBufferLike> {
  return (await encoder.encode(queries, 'query')).buffer
}
