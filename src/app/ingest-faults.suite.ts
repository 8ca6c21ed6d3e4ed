import { describe, expect, it } from 'vitest'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryTabs } from '../adapters/memory-tabs.ts'
import { createFileExtractor } from '../adapters/file-extractor.ts'
import { createCatalogue, keysOf } from '../core/catalogue.ts'
import type { FileState } from '../core/events.ts'
import { createExclusive } from '../core/exclusive.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { LexicalIndex } from '../core/ports/lexical-index.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import { ingest } from './ingest.ts'
import { reconcile } from './reconcile.ts'

interface Stores {
  readonly library: Library
  readonly vectors: VectorIndex
}

const clock: Clock = { now: () => 1, breathe: () => Promise.resolve() }

/**
 * Fails every call that taking files in makes of its ports, one after the other, before it does its work and after it
 * has done it, and looks at the library and the indexes each time.
 */
export function runIngestFaultsSuite(name: string, open: () => Promise<Stores>): void {
  describe(`taking files in over ${name}, when one call fails`, () => {
    it.each(['before', 'after'] as const)(
      'leaves everything whole when it fails %s its work',
      async moment => {
        let failures = 0
        for (let n = 0; ; n++) {
          const run = await runWithFailure(await open(), n, moment)
          if (!run.reached) break
          failures++
          await expectWhole(run)
          await expectHealed(run)
        }
        expect(failures).toBeGreaterThan(15)
      },
    )
  })
}

interface Run extends Stores {
  readonly words: LexicalIndex
  readonly catalogue: ReturnType<typeof createCatalogue>
  readonly states: ReadonlyMap<number, FileState>
  /** Whether there was an n-th call; one that fails by itself after its work counts, too. */
  readonly reached: boolean
}

async function runWithFailure(stores: Stores, n: number, moment: 'before' | 'after'): Promise<Run> {
  const words = createBm25Index()
  const catalogue = createCatalogue()
  const states = new Map<number, FileState>()
  const fault = { left: n, moment }
  const indexes = { words: faulty(words, fault), vectors: faulty(stores.vectors, fault), catalogue }
  const ports = {
    extractor: faulty(createFileExtractor(), fault),
    encoder: faulty(createHashEncoder(), fault),
    library: faulty(stores.library, fault),
    indexes,
    clock: { ...clock, breathe: faulty({ breathe: clock.breathe }, fault).breathe },
    exclusive: createExclusive(),
  }
  const queue = files().map((file, ticket) => ({ ticket, file }))
  await ingest(
    queue,
    ports,
    event => {
      if (event.type === 'file-changed') states.set(event.ticket, event.state)
    },
    { aborted: false },
  )
  return { ...stores, words, catalogue, states, reached: fault.left < 0 }
}

interface Fault {
  left: number
  readonly moment: 'before' | 'after'
}

/** The port with its n-th call, counted over all ports that share the fault, failing. */
function faulty<Port extends object>(port: Port, fault: Fault): Port {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...given: unknown[]) => {
        const fails = fault.left-- === 0
        if (fails && fault.moment === 'before') return fail()
        const result: unknown = await Reflect.apply(method, target, given)
        return fails ? fail() : result
      }
    },
  })
}

function fail(): never {
  throw new Error('the call that was chosen to fail')
}

/** Nothing half stored, nothing found that is not stored, every file with a last word. */
async function expectWhole({ library, words, vectors, catalogue, states }: Run): Promise<void> {
  const documents = await library.documents()
  const stored = await library.load(documents.map(({ id }) => id))
  expect(stored).toHaveLength(documents.length)
  for (const { document, contents, vectors: rows } of stored) {
    expect(contents.passages).toHaveLength(document.passageCount)
    expect(rows).toHaveLength(document.passageCount * 64)
  }
  const keys = new Set(documents.flatMap(document => [...keysOf(document)]))
  for (const index of [words, vectors])
    expect([...(await index.keys())].filter(key => !keys.has(key))).toEqual([])
  const inWords = new Set(await words.keys())
  const inVectors = new Set(await vectors.keys())
  for (const document of catalogue.documents()) {
    for (const key of keysOf(document)) expect(inWords.has(key) && inVectors.has(key)).toBe(true)
  }
  expect(catalogue.documents().every(({ id }) => documents.some(document => document.id === id))).toBe(true)
  const last = [...states.values()].map(({ kind }) => kind)
  expect(last).toHaveLength(4)
  expect(last.filter(kind => kind === 'done').length).toBeGreaterThanOrEqual(2)
  expect(last.filter(kind => !['done', 'partly', 'failed'].includes(kind))).toEqual([])
}

/** After `reconcile` the indexes equal the library; adding the files again completes it and doubles nothing. */
async function expectHealed({ library, words, vectors, catalogue }: Run): Promise<void> {
  const indexes = { words, vectors, catalogue }
  const encoder = createHashEncoder()
  await reconcile({ library, indexes, encoder, clock, tabs: createMemoryTabs().open() }, () => {})
  await expectEqual({ library, words, vectors, catalogue })
  const queue = files().map((file, ticket) => ({ ticket, file }))
  const ports = {
    extractor: createFileExtractor(),
    encoder,
    library,
    indexes,
    clock,
    exclusive: createExclusive(),
  }
  await ingest(queue, ports, () => {}, { aborted: false })
  await expectEqual({ library, words, vectors, catalogue })
  const titles = (await library.documents()).map(({ title }) => title)
  expect(titles.toSorted()).toEqual(['Bees', 'Bread', 'Ships'])
}

async function expectEqual({
  library,
  words,
  vectors,
  catalogue,
}: Omit<Run, 'states' | 'reached'>): Promise<void> {
  const documents = await library.documents()
  const keys = documents.flatMap(document => [...keysOf(document)])
  expect([...(await words.keys())]).toEqual(keys)
  expect([...(await vectors.keys())]).toEqual(keys)
  expect(catalogue.documents()).toEqual(documents)
}

function files(): SourceFile[] {
  const long = Array.from({ length: 40 }, (_, i) => `Paragraph ${i} tells of the sea. `.repeat(12)).join(
    '\n\n',
  )
  return [
    file('bread.md', '# Bread\n\nKeep loaves in a paper bag.\n\n## Freezing\n\nSlice it first.'),
    file('ships.md', `# Ships\n\n${long}`),
    file('picture.png', '\u0089PNG\r\n\u001a\n\u0000\u0000'),
    file('bees.md', '# Bees\n\nThey dance to tell the way.'),
  ]
}

function file(name: string, text: string): SourceFile {
  return { name, path: name, modifiedAt: 0, blob: new Blob([text]) }
}
