/** Devices to carry libraries between, for the tests of one-file libraries. */
import { openFileSink } from '../adapters/file-sink.ts'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryHeadStore } from '../adapters/memory-head-store.ts'
import { createMemoryInteractionLog } from '../adapters/memory-interaction-log.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createMemoryModelStore } from '../adapters/memory-model-store.ts'
import { createMemorySettings } from '../adapters/memory-settings.ts'
import { createMemorySnapshots } from '../adapters/memory-snapshots.ts'
import { createMemoryTabs } from '../adapters/memory-tabs.ts'
import { createMemoryWaitingFiles } from '../adapters/memory-waiting-files.ts'
import { createSha256 } from '../adapters/noble-sha256.ts'
import { createWebCryptography } from '../adapters/web-cryptography.ts'
import { createCatalogue } from '../core/catalogue.ts'
import { type NewDocument, parseDocumentId, type Passage, type SpaceId } from '../core/document.ts'
import type { BelfryEvent } from '../core/events.ts'
import { createExclusive } from '../core/exclusive.ts'
import type { Interaction } from '../core/interaction.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { LibraryBlob } from '../core/ports/files.ts'
import type { Library } from '../core/ports/library.ts'
import type { Cipher, Cryptography } from '../core/ports/platform.ts'
import type { TransferOutcome } from '../core/transfer-state.ts'
import { normalised } from '../core/vector.ts'
import type { Indexes } from './indexes.ts'
import { reconcile } from './reconcile.ts'
import { createTransfer, type TransferPorts } from './transfer.ts'
import type { ExportOptions } from './transfer-api.ts'

const DIMENSION = 64
export const HASH_SPACE = 'hash-64' as SpaceId
const clock = { now: () => 1_700_000_000_000, breathe: () => Promise.resolve() }

export const WITHOUT_LOCK: ExportOptions = { passphrase: undefined, openings: true }

/** Everything that one browser keeps. */
export interface Device {
  readonly ports: TransferPorts
  readonly indexes: Indexes
  readonly events: BelfryEvent[]
  export(options?: ExportOptions): Promise<Blob>
  import(file: LibraryBlob, passphrase?: string): Promise<TransferOutcome>
  readonly transfer: ReturnType<typeof createTransfer>
}

export function createDevice(
  changed: Partial<TransferPorts> = {},
  { encoder }: { readonly encoder: Encoder | undefined } = { encoder: createHashEncoder() },
): Device {
  const indexes: Indexes = {
    words: createBm25Index(),
    vectors: createExactVectorIndex(DIMENSION),
    catalogue: createCatalogue(),
  }
  const ports: TransferPorts = {
    library: createMemoryLibrary(),
    heads: createMemoryHeadStore(),
    log: createMemoryInteractionLog(1000),
    models: createMemoryModelStore(),
    snapshots: createMemorySnapshots(),
    waiting: createMemoryWaitingFiles(),
    settings: createMemorySettings(),
    clock,
    createSha256,
    cryptography: rememberingCryptography,
    openFileSink: place => openFileSink(place, 'application/x-test'),
    ...changed,
  }
  const events: BelfryEvent[] = []
  const emit = (event: BelfryEvent) => void events.push(event)
  const imported = () =>
    reconcile({ library: ports.library, indexes, encoder, clock, tabs: createMemoryTabs().open() }, emit)
  const around = { indexes, exclusive: createExclusive(), encoder: () => encoder, imported }
  const transfer = createTransfer(ports, around, emit)
  const outcome = () => {
    const last = events.findLast(event => event.type === 'transfer-ended')
    if (last?.type !== 'transfer-ended') throw new Error('expected a transfer that has ended, found none')
    return last.outcome
  }
  return {
    ports,
    indexes,
    events,
    transfer,
    async export(options = WITHOUT_LOCK) {
      const file = await transfer.exportLibrary(options)
      if (file instanceof Blob) return file
      throw new Error(`expected a file, got ${JSON.stringify(outcome())}`)
    },
    async import(file, passphrase) {
      await transfer.importLibrary(file, passphrase)
      return outcome()
    },
  }
}

/** What a device keeps, without what it gives itself: keys. */
export async function contentOf({ ports: { library, heads, log } }: Device) {
  const documents = await library.documents()
  const stored = await library.load(documents.map(({ id }) => id))
  const towers = (await heads.towers()).toSorted()
  return {
    documents: stored.map(({ document, contents, vectors }) => ({
      row: { ...document, firstKey: undefined },
      contents,
      vectors,
    })),
    heads: await Promise.all(
      towers.map(async tower => ({ versions: await heads.versions(tower), inUse: await heads.inUse(tower) })),
    ),
    openings: await log.all(),
    noting: await log.isOn(),
  }
}

/** The key of a passphrase takes a quarter of a second on purpose; with one salt for all it is made once. */
const made = new Map<string, Promise<Cipher>>()
const real = createWebCryptography()
const rememberingCryptography: Cryptography = {
  randomBytes: count => Uint8Array.from({ length: count }, (_, i) => i),
  cipherOf(passphrase, salt, rounds) {
    const name = JSON.stringify([passphrase, [...salt], rounds])
    const cipher = made.get(name) ?? real.cipherOf(passphrase, salt, rounds)
    made.set(name, cipher)
    return cipher
  },
}

export interface Written {
  readonly document: NewDocument
  readonly text: string
  readonly passages: readonly Passage[]
  readonly vectors: Float32Array
}

export function unitRows(count: number, seed: number): Float32Array {
  const rows = new Float32Array(count * DIMENSION)
  for (let row = 0; row < count; row++) {
    const values = Float32Array.from({ length: DIMENSION }, (_, i) => Math.sin(seed + 7 * row + 3 * i))
    rows.set(normalised(values), row * DIMENSION)
  }
  return rows
}

export async function fill(library: Library, documents: readonly Written[]): Promise<void> {
  for (const { document, text, passages, vectors } of documents) {
    await library.put(document, { text, passages }, vectors)
  }
}

export function openingAt(at: number): Interaction {
  const ref = { document: parseDocumentId('a'.repeat(64)), passage: at }
  return { query: `query “${at}”`, shown: [ref, ref], opened: ref, milliseconds: 10 * at, at }
}

export const headAt = (tower: string, learnedAt: number) => ({
  tower,
  source: 'openings' as const,
  learnedAt,
  scores: { examples: 40, before: 0.5, after: 0.6, probesBefore: 0.9, probesAfter: 0.9 },
  correction: Float32Array.of(1, 0, 0, learnedAt),
})

/** A library of five documents, one of them of another model, three heads and some openings. */
export async function createFullDevice(changed: Partial<TransferPorts> = {}): Promise<Device> {
  const device = createDevice(changed)
  await fill(device.ports.library, [0, 1, 2, 3, 4].map(writtenAt))
  for (const at of [1, 2, 3]) await device.ports.heads.keep(headAt('tower', at))
  await device.ports.heads.use('tower', 2)
  for (const at of [1, 2, 3]) await device.ports.log.append(openingAt(at))
  return device
}

function writtenAt(n: number): Written {
  const text = `Ship ${n} lies at anchor 😀. `.repeat(20 * n)
  const passages = Array.from({ length: n }, (_, i) => ({
    start: 10 * i,
    end: 10 * i + 12,
    trail: [`Part ${i}`],
  }))
  const document = {
    id: parseDocumentId(String(n).repeat(64)),
    title: `Ship ${n}`,
    name: `ship-${n}.md`,
    path: `ships/ship-${n}.md`,
    mediaType: 'text/markdown',
    bytes: text.length,
    modifiedAt: 10 + n,
    addedAt: 20 + n,
    passageCount: n,
    space: n === 3 ? ('of another model' as SpaceId) : HASH_SPACE,
  }
  return { document, text, passages, vectors: unitRows(n, n) }
}
