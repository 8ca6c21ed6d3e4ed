import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createFileExtractor } from '../adapters/file-extractor.ts'
import { createCatalogue } from '../core/catalogue.ts'
import { failure } from '../core/errors.ts'
import { createExclusive } from '../core/exclusive.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { runIngestFaultsSuite } from './ingest-faults.suite.ts'
import type { IngestPorts } from './ingest.ts'
import { takeFiles } from './take-files.suite.ts'

runIngestFaultsSuite('memory', async () => ({
  library: createMemoryLibrary(),
  vectors: createExactVectorIndex(64),
}))

function portsWith(changed: Partial<IngestPorts> = {}): IngestPorts {
  return {
    extractor: createFileExtractor(),
    encoder: createHashEncoder(),
    library: createMemoryLibrary(),
    indexes: {
      words: createBm25Index(),
      vectors: createExactVectorIndex(64),
      catalogue: createCatalogue(),
    },
    clock: { now: () => 1, breathe: () => Promise.resolve() },
    exclusive: createExclusive(),
    ...changed,
  }
}

const note = (name: string, text = `# ${name}\n\nWords of ${name}.`): SourceFile => ({
  name: `${name}.md`,
  path: `notes/${name}.md`,
  modifiedAt: 0,
  blob: new Blob([text]),
})

const take = (files: readonly SourceFile[], ports = portsWith(), signal = { aborted: false }) =>
  takeFiles(ports, files, signal)

describe('ingest', () => {
  it('makes a file searchable and says so', async () => {
    const ports = portsWith()
    const { states, events } = await take([note('bread')], ports)
    expect(states).toEqual([{ kind: 'done', passages: 1 }])
    expect(events.map(event => (event.type === 'file-changed' ? event.state.kind : event.type))).toEqual([
      'reading',
      'embedding',
      'document-added',
      'done',
    ])
    expect((await ports.indexes.words.match({ text: 'bread', limit: 9 })).keys).toHaveLength(1)
  })

  it('skips what is already there, under any name', async () => {
    const ports = portsWith()
    await take([note('bread', 'The same words.')], ports)
    const { states } = await take([note('loaf', 'The same words.')], ports)
    expect(states).toEqual([{ kind: 'skipped', reason: 'Already in the library as “notes/bread.md”.' }])
  })

  it('stores the same file once when it is dropped twice at the same time', async () => {
    const { states } = await take([note('a', 'The same words.'), note('b', 'The same words.')])
    expect(states.map(({ kind }) => kind)).toEqual(['done', 'skipped'])
  })

  it('goes on after a file that cannot be read', async () => {
    const { states } = await take([note('empty', ''), note('bread')])
    expect(states.map(({ kind }) => kind)).toEqual(['failed', 'done'])
  })

  it('stops when the disk is full, and says so of every file that is left', async () => {
    const library = createMemoryLibrary()
    const ports = portsWith({
      library: { ...library, put: () => Promise.reject(failure('StorageFull', 'No more space.')) },
    })
    const { states } = await take([note('a'), note('b'), note('c')], ports)
    expect(states).toEqual(
      states.map(() => ({ kind: 'failed', reason: 'No more space.', code: 'StorageFull' })),
    )
    expect(states).toHaveLength(3)
    expect(ports.indexes.catalogue.size).toBe(0)
  })

  it('lets go between two batches when it is cancelled, and keeps what is stored', async () => {
    const signal = { aborted: false }
    const encoder = createHashEncoder()
    let calls = 0
    const ports = portsWith({
      encoder: {
        ...encoder,
        encode: (texts, tower) => {
          if (++calls === 2) signal.aborted = true
          return encoder.encode(texts, tower)
        },
      },
    })
    const book = Array.from({ length: 200 }, (_, i) => `## Part ${i}\n\n${`Word${i} `.repeat(130)}`).join(
      '\n\n',
    )
    const { states } = await take([note('a'), note('book', book), note('c')], ports, signal)
    expect(states.map(({ kind }) => kind)).toEqual(['done', 'cancelled', 'cancelled'])
    expect((await ports.library.documents()).map(({ title }) => title)).toEqual(['a'])
  })
})
