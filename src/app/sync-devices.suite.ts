import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createMemorySyncJournal } from '../adapters/memory-sync-journal.ts'
import { createSha256 } from '../adapters/noble-sha256.ts'
import {
  type DocumentId,
  type NewDocument,
  parseDocumentId,
  type SpaceId,
  type StoredDocument,
} from '../core/document.ts'
import { createExclusive } from '../core/exclusive.ts'
import type { Library } from '../core/ports/library.ts'
import type { SyncJournal } from '../core/ports/sync-journal.ts'
import type { VectorServer } from '../core/ports/vector-server.ts'
import { createRandom } from '../core/training/random.ts'
import { createSync } from './sync.ts'
import type { SyncDirection, SyncOutcome } from '../core/sync/report.ts'
import type { Sync, SyncControl, SyncPorts } from './sync-api.ts'

export const SPACE = 'suite space' as SpaceId
export const FREE: SyncControl = { signal: new AbortController().signal, turn: async () => undefined }

export interface Device {
  readonly library: Library
  readonly journal: SyncJournal
  readonly sync: Sync
  /** Puts a document with these words, one passage for each. */
  edit(id: DocumentId, words: readonly string[], change?: Partial<NewDocument>): Promise<void>
  remove(id: DocumentId): Promise<void>
  run(direction?: SyncDirection, full?: boolean): Promise<SyncOutcome>
  /** Every document as text by id. */
  texts(): Promise<Map<DocumentId, string>>
  /** Dirty or awaited documents. */
  unsettled(): Promise<number>
}

export interface DeviceOptions {
  readonly collection?: string
  /** Milliseconds by which its clock is wrong. */
  readonly skew?: number
  readonly seed?: number
  readonly overlap?: number
  readonly library?: Library
  readonly journal?: SyncJournal
  readonly hooks?: Partial<Pick<SyncPorts, 'onTaken' | 'onRemoved' | 'space'>>
}

/** A device with a library of its own, in memory. */
export function createDevice(server: VectorServer, options: DeviceOptions = {}): Device {
  const { skew = 0, seed = 1, library = createMemoryLibrary(), journal = createMemorySyncJournal() } = options
  const random = createRandom(seed)
  const sync = createSync({
    server,
    collection: options.collection ?? 'notes',
    space: SPACE,
    dimension: 2,
    library,
    journal,
    clock: { now: () => Date.now() + skew, breathe: async () => undefined },
    cryptography: { randomBytes: count => Uint8Array.from({ length: count }, () => random.below(256)) },
    createSha256,
    exclusive: createExclusive(),
    onTaken: async () => undefined,
    onRemoved: async () => undefined,
    ...(options.overlap === undefined ? {} : { overlap: options.overlap }),
    ...options.hooks,
  })
  return {
    library,
    journal,
    sync,
    async edit(id, words, change = {}) {
      const { document, contents, vectors } = documentOf(id, words)
      await library.put({ ...document, ...change }, contents, vectors)
    },
    async remove(id) {
      await library.remove(id)
    },
    run: (direction = 'both', full = false) => sync.run(direction, { control: FREE, full }),
    async texts() {
      const ids = (await library.documents()).map(({ id }) => id)
      const stored = await library.load(ids)
      return new Map(stored.map(({ document, contents }) => [document.id, contents.text]))
    },
    async unsettled() {
      const dirty = (await journal.entries()).filter(entry => entry.dirty)
      return dirty.length + ((await journal.state())?.awaited.length ?? 0)
    },
  }
}

export function idOf(number: number): DocumentId {
  const spread = (Math.imul(number, 0x9e3779b1) >>> 0).toString(16).padStart(8, '0')
  return parseDocumentId(spread + number.toString(16).padStart(56, '0'))
}

/** One passage for each word, with a unit vector made of it. */
export function documentOf(id: DocumentId, words: readonly string[]): StoredDocument {
  const text = words.join('\n\n')
  let at = 0
  const passages = words.map(word => {
    const start = at
    at += word.length + 2
    return { start, end: start + word.length, trail: [] }
  })
  const angles = words.map(numberOf)
  const vectors = Float32Array.from(angles.flatMap(angle => [Math.cos(angle), Math.sin(angle)]))
  const document = {
    id,
    title: words[0] ?? '',
    name: 'a.txt',
    path: 'a.txt',
    mediaType: 'text/plain',
    bytes: text.length,
    modifiedAt: 1_700_000_000_000,
    // Nothing else tells two versions of a row apart that have as many passages.
    addedAt: 1_700_000_000_000 + numberOf(text),
    passageCount: words.length,
    firstKey: 0,
    space: SPACE,
  }
  return { document, contents: { text, passages }, vectors }
}

/** Other words, another number, as good as always. */
function numberOf(words: string): number {
  return Array.from(words).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_000_007, 7)
}

/** How many records a collection has; -1 where there is none. */
export async function recordsIn(server: VectorServer, name: string): Promise<number> {
  return (await (await server.collection(name))?.count()) ?? -1
}
