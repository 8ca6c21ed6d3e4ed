import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createCatalogue, keysOf } from '../core/catalogue.ts'
import { type NewDocument, parseDocumentId } from '../core/document.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { SearchAnswer } from '../core/ranking/answer.ts'
import { createNearestSentences } from './nearest-sentences.ts'
import { createPassageCache } from './passage-cache.ts'
import { search, type SearchPorts } from './search.ts'

/** Documents of one passage of two sentences each; all name bells, each something of its own. */
async function libraryOf(count: number) {
  const library = createMemoryLibrary()
  const encoder = createHashEncoder()
  const { dimension, space } = await encoder.info()
  const vectors = createExactVectorIndex(dimension)
  const words = createBm25Index()
  const catalogue = createCatalogue()
  for (let n = 0; n < count; n++) {
    const text = `Bells hang in tower ${n}. They ring at noon.`
    const row = await encoder.encode([text], 'document')
    const passages = [{ start: 0, end: text.length, trail: [] }]
    const stored = await library.put(documentCalled(n, space), { text, passages }, row)
    await vectors.add(keysOf(stored), row)
    await words.add(keysOf(stored), [text])
    catalogue.set(stored)
  }
  let reads = 0
  const passages = createPassageCache({
    ...library,
    passages: addresses => {
      reads += addresses.length
      return library.passages(addresses)
    },
  })
  let now = 0
  const clock = { now: () => now++, breathe: () => Promise.resolve() }
  const indexes = { words, vectors, catalogue }
  const ports: SearchPorts = { indexes, encoder, passages, sentences: createNearestSentences(), clock }
  return { ports, reads: () => reads }
}

const idOf = (n: number) => parseDocumentId(n.toString(16).padStart(64, '0'))

function documentCalled(n: number, space: NewDocument['space']): NewDocument {
  return {
    id: idOf(n),
    title: `Tower ${n}`,
    name: `${n}.txt`,
    path: `${n}.txt`,
    mediaType: 'text/plain',
    bytes: 1,
    modifiedAt: 0,
    addedAt: 0,
    passageCount: 1,
    space,
  }
}

async function answersTo(query: string, ports: SearchPorts, isStale = () => false): Promise<SearchAnswer[]> {
  const answers: SearchAnswer[] = []
  await search(query, ports, isStale, answer => answers.push(answer))
  return answers
}

const marked = (answer: SearchAnswer | undefined) =>
  answer?.results.map(({ hits }) => hits[0]?.sentence !== undefined)

const ids = ({ results }: SearchAnswer) => results.map(({ id }) => id)

describe('search', () => {
  it('answers with the first documents before it reads the others', async () => {
    const { ports, reads } = await libraryOf(30)
    const seen: { readonly reads: number; readonly answer: SearchAnswer }[] = []
    await search(
      'bells in tower',
      ports,
      () => false,
      answer => seen.push({ reads: reads(), answer }),
    )
    const [first, whole] = seen
    expect(seen.map(({ answer }) => answer.isWhole)).toEqual([false, true])
    expect(seen.map(({ answer }) => answer.results.length)).toEqual([6, 20])
    expect(seen.map(({ reads }) => reads)).toEqual([6, 20])
    expect(whole && first && ids(whole.answer).slice(0, 6)).toEqual(first && ids(first.answer))
    expect(whole?.answer.milliseconds).toBe(first?.answer.milliseconds)
  })

  it('marks the nearest sentences of the first documents in the whole answer', async () => {
    const { ports } = await libraryOf(8)
    const [first, whole] = await answersTo('ringing when it is noon', ports)
    expect(marked(first)).toEqual(Array(6).fill(false))
    expect(marked(whole)).toEqual([...Array<boolean>(6).fill(true), false, false])
  })

  it('answers once when nothing is left to read or to mark', async () => {
    const { ports } = await libraryOf(5)
    await answersTo('bells in tower', ports)
    const [answer, ...more] = await answersTo('bells in towers', ports)
    expect(answer).toMatchObject({ isWhole: true, results: { length: 5 } })
    expect(more).toEqual([])
  })

  it('answers once without a model', async () => {
    const { ports } = await libraryOf(5)
    const answers = await answersTo('bells', { ...ports, encoder: undefined })
    expect(answers.map(({ isWhole, results }) => [isWhole, results.length])).toEqual([[true, 5]])
  })

  it('says nothing more once it is stale', async () => {
    const { ports } = await libraryOf(30)
    const answers: SearchAnswer[] = []
    await search(
      'bells',
      ports,
      () => answers.length > 0,
      answer => answers.push(answer),
    )
    expect(answers.map(({ isWhole }) => isWhole)).toEqual([false])
    expect(await answersTo('bells', ports, () => true)).toEqual([])
  })
})
