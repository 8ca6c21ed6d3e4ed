import { failure } from '../core/errors.ts'
import type { SyncEntry } from '../core/ports/sync-journal.ts'
import type { Metadata, NewCollection, RemoteCollection } from '../core/ports/vector-server.ts'
import type { SyncControl, SyncPorts } from './sync-api.ts'
import type { SyncBook } from './sync-book.ts'

export interface SyncCollections {
  readonly passages: RemoteCollection
  readonly documents: RemoteCollection
}

/** Form of the collections. */
const SCHEMA = 1

type CollectionPorts = Pick<SyncPorts, 'server' | 'collection' | 'space' | 'dimension'>

/**
 * The collections of a library, made where they are not there.
 * @throws VectorServerFailed or NewerBelfry when they are of another program, another model or a newer form.
 */
export async function openCollections(
  ports: CollectionPorts,
  { signal }: SyncControl,
): Promise<SyncCollections> {
  const { server } = ports
  const passages = await server.openCollection(passagesOf(ports), signal)
  checkCollection(passages, ports)
  const documents = await server.openCollection(documentsOf(ports), signal)
  checkCollection(documents, ports)
  return { passages, documents }
}

/** Those that are there; `undefined` where one is missing. @throws like `openCollections`. */
export async function findCollections(
  ports: CollectionPorts,
  { signal }: SyncControl,
): Promise<SyncCollections | undefined> {
  const passages = await ports.server.collection(passagesOf(ports).name, signal)
  const documents = await ports.server.collection(documentsOf(ports).name, signal)
  if (passages !== undefined) checkCollection(passages, ports)
  if (passages === undefined || documents === undefined) return undefined
  checkCollection(documents, ports)
  return { passages, documents }
}

/** What is noted is about these collections: where they are others, everything is to be compared, and nothing was removed. */
export async function attach({ passages, documents }: SyncCollections, book: SyncBook): Promise<void> {
  const known = book.state().collections
  if (known?.passages === passages.id && known.documents === documents.id) return
  const entries = book.entries()
  await book.drop(entries.filter(({ fingerprint }) => fingerprint === undefined).map(({ id }) => id))
  const kept = entries.filter(({ fingerprint }) => fingerprint !== undefined)
  await book.put(kept.map(withoutBase))
  const collections = { passages: passages.id, documents: documents.id }
  await book.change({ collections, cursor: -1, awaited: [], doubtful: [], taking: undefined })
}

function withoutBase(entry: SyncEntry): SyncEntry {
  const { id, revision, follows, fingerprint, hash } = entry
  return {
    id,
    revision,
    follows,
    dirty: true,
    ...(fingerprint === undefined ? {} : { fingerprint }),
    ...(hash === undefined ? {} : { hash }),
  }
}

function passagesOf(ports: CollectionPorts): NewCollection {
  return { name: ports.collection, space: 'cosine', metadata: metadataOf(ports) }
}

function documentsOf(ports: CollectionPorts): NewCollection {
  return { name: `${ports.collection}.docs`, space: 'l2', metadata: metadataOf(ports) }
}

function metadataOf({ space, dimension }: CollectionPorts): Metadata {
  return { app: 'belfry', schema: SCHEMA, model: space, dimension }
}

/** @throws VectorServerFailed or NewerBelfry, with a sentence, when the collection is not for this library. */
export function checkCollection(
  { name, metadata }: RemoteCollection,
  { space, dimension }: Pick<CollectionPorts, 'space' | 'dimension'>,
): void {
  if (metadata['app'] !== 'belfry') {
    throw failure(
      'VectorServerFailed',
      `The collection “${name}” is of another program. Choose another name.`,
    )
  }
  if (metadata['schema'] !== SCHEMA) {
    throw failure(
      'NewerBelfry',
      `The collection “${name}” has form ${String(metadata['schema'])}, and this version of Belfry knows form ${SCHEMA}. Update Belfry.`,
    )
  }
  if (metadata['model'] === space && metadata['dimension'] === dimension) return
  throw failure(
    'VectorServerFailed',
    `The collection “${name}” has vectors of another model (${String(metadata['dimension'])} numbers each, here ${dimension}). Use the same model on all devices, or choose another name.`,
  )
}
