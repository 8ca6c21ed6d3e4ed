import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createMemoryTabs } from '../adapters/memory-tabs.ts'
import { createCatalogue, keysOf } from '../core/catalogue.ts'
import { indexedText, type NewDocument, parseDocumentId } from '../core/document.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import { indexDocument } from './indexes.ts'
import { reconcile } from './reconcile.ts'

const clock: Clock = { now: () => 0, breathe: () => Promise.resolve() }
const encoder = createHashEncoder()

async function put(library: Library, n: number, passageCount: number) {
  const text = Array.from({ length: passageCount }, (_, i) => `words of ${n} and ${i}`).join('\n\n')
  let at = 0
  const passages = text.split('\n\n').flatMap(part => {
    const start = at
    at += part.length + 2
    return part === '' ? [] : [{ start, end: start + part.length, trail: [] }]
  })
  const row: NewDocument = {
    id: parseDocumentId(n.toString(16).padStart(64, '0')),
    title: `Document ${n}`,
    name: `${n}.txt`,
    path: `${n}.txt`,
    mediaType: 'text/plain',
    bytes: 1,
    modifiedAt: 0,
    addedAt: 0,
    passageCount: passages.length,
    space: (await encoder.info()).space,
  }
  const vectors = await encoder.encode(
    passages.map(passage => indexedText(row, text, passage)),
    'document',
  )
  return {
    document: await library.put(row, { text, passages }, vectors),
    contents: { text, passages },
    vectors,
  }
}

type Step =
  | {
      readonly kind: 'add'
      readonly n: number
      readonly passages: number
      readonly upTo: 'library' | 'index'
    }
  | { readonly kind: 'remove'; readonly n: number; readonly upTo: 'library' | 'index' }
  | { readonly kind: 'lose'; readonly index: 'words' | 'vectors'; readonly key: number }
  | { readonly kind: 'invent'; readonly key: number }

const upTo = fc.constantFrom('library' as const, 'index' as const)
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), n: fc.nat(6), passages: fc.nat(4), upTo }),
  fc.record({ kind: fc.constant('remove' as const), n: fc.nat(6), upTo }),
  fc.record({
    kind: fc.constant('lose' as const),
    index: fc.constantFrom('words' as const, 'vectors' as const),
    key: fc.nat(30),
  }),
  fc.record({ kind: fc.constant('invent' as const), key: fc.integer({ min: 1000, max: 1010 }) }),
)

it('makes the indexes equal to the library, whatever made them differ', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 20 }), async steps => {
      const library = createMemoryLibrary()
      const indexes = {
        words: createBm25Index(),
        vectors: createExactVectorIndex(64),
        catalogue: createCatalogue(),
      }
      for (const one of steps) {
        if (one.kind === 'add') {
          const stored = await put(library, one.n, one.passages)
          if (one.upTo === 'index') await indexDocument(stored, indexes, clock)
        } else if (one.kind === 'remove') {
          const removed = await library.remove(parseDocumentId(one.n.toString(16).padStart(64, '0')))
          if (removed === undefined || one.upTo === 'library') continue
          indexes.catalogue.delete(removed.document.id)
          await indexes.words.remove(keysOf(removed.document))
          await indexes.vectors.remove(keysOf(removed.document))
        } else if (one.kind === 'lose') {
          await indexes[one.index].remove(Uint32Array.of(one.key))
        } else {
          await indexes.words.add(Uint32Array.of(one.key), ['a ghost'])
        }
      }
      await reconcile({ library, indexes, encoder, clock, tabs: createMemoryTabs().open() }, () => {})
      const documents = await library.documents()
      const keys = documents.flatMap(document => [...keysOf(document)])
      expect([...(await indexes.words.keys())]).toEqual(keys)
      expect([...(await indexes.vectors.keys())]).toEqual(keys)
      expect(indexes.catalogue.documents()).toEqual(documents)
    }),
    { seed: 11, numRuns: 120 },
  )
})

it('tells how far it is', async () => {
  const library = createMemoryLibrary()
  for (let n = 0; n < 40; n++) await put(library, n, 1)
  const indexes = { words: createBm25Index(), vectors: undefined, catalogue: createCatalogue() }
  const seen: string[] = []
  await reconcile({ library, indexes, encoder: undefined, clock, tabs: createMemoryTabs().open() }, event => {
    seen.push(event.type === 'restore-progressed' ? `${event.done} of ${event.total}` : event.type)
  })
  expect(seen).toEqual(['0 of 40', '16 of 40', '32 of 40', '40 of 40', 'restore-finished'])
})
