/** What the server has: manifests by change or by id, and the documents that they are of. */
import type { DocumentId, NewDocument, StoredDocument } from '../core/document.ts'
import { messageOf } from '../core/errors.ts'
import type { FoundRecord } from '../core/ports/vector-server.ts'
import { type ChangeWindow, filterOf, splitWindow, windowAfter } from '../core/sync/change-window.ts'
import {
  type DocumentManifest,
  parseManifest,
  partIds,
  passageIds,
  pushedAtOf,
} from '../core/sync/document-manifest.ts'
import { type HashText, unpackDocument } from '../core/sync/document-records.ts'
import type { SyncProblem } from '../core/sync/report.ts'
import type { SyncControl, SyncPorts } from './sync-api.ts'
import type { SyncCollections } from './sync-collections.ts'

export type Seen = DocumentManifest | SyncProblem

export function isProblem(seen: Seen | Fetched): seen is SyncProblem {
  return 'sentence' in seen
}

/** All that was pushed later than `after`, seconds since 2020, a page at a time. */
export async function* changesAfter(
  after: number,
  { documents }: SyncCollections,
  pageSize: number,
  { signal, turn }: SyncControl,
): AsyncGenerator<Seen[]> {
  const windows: ChangeWindow[] = [windowAfter(after)]
  for (let window = windows.pop(); window !== undefined; window = windows.pop()) {
    await turn()
    const page = await documents.find(filterOf(window), pageSize, ['metadata'], signal)
    if (page.length < pageSize) yield page.map(seenOf)
    else windows.push(...splitWindow(window, page.map(pushedAtOf)))
  }
}

/** Of those of the documents that the server has. */
export async function manifestsOf(
  ids: readonly DocumentId[],
  { documents }: SyncCollections,
  { signal }: SyncControl,
): Promise<Map<DocumentId, Seen>> {
  const found = await documents.get(ids, ['metadata'], signal)
  return new Map(found.map(record => [record.id as DocumentId, seenOf(record)]))
}

function seenOf(record: FoundRecord): Seen {
  try {
    return parseManifest(record)
  } catch (error) {
    return { id: record.id, sentence: messageOf(error) }
  }
}

/** A document of the server's; without contents when it was removed. */
export interface FetchedDocument {
  readonly manifest: DocumentManifest
  readonly contents?: Omit<StoredDocument, 'document'> & { readonly document: NewDocument }
}

export type Fetched = FetchedDocument | SyncProblem

/**
 * The documents as the server has them now, whatever it had when somebody looked before. One that is not whole is left
 * out: somebody sends it, or another revision of it, right now.
 */
export async function fetchDocuments(
  ids: readonly DocumentId[],
  { passages, documents }: SyncCollections,
  { space }: Pick<SyncPorts, 'space'>,
  hash: HashText,
  { signal }: SyncControl,
): Promise<Fetched[]> {
  const heads = await documents.get(ids, ['document', 'metadata'], signal)
  const seen = heads.map(head => ({ head, manifest: seenOf(head) }))
  const whole = seen.flatMap(({ manifest }) => (isProblem(manifest) || manifest.removed ? [] : manifest))
  const parts = byId(await documents.get(whole.flatMap(partIds), ['document'], signal))
  const records = byId(await passages.get(whole.flatMap(passageIds), ['vector', 'document'], signal))
  return seen.flatMap(({ head, manifest }): Fetched[] => {
    if (isProblem(manifest)) return [manifest]
    if (manifest.removed) return [{ manifest }]
    const own = allOf(partIds(manifest), parts)
    const rows = allOf(passageIds(manifest), records)
    if (own === undefined || rows === undefined) return []
    const description = [head, ...own].map(({ document = '' }) => document).join('')
    try {
      return [{ manifest, contents: unpackDocument(manifest, description, rows, space, hash) }]
    } catch (error) {
      return [{ id: manifest.id, sentence: messageOf(error) }]
    }
  })
}

function byId(records: readonly FoundRecord[]): Map<string, FoundRecord> {
  return new Map(records.map(record => [record.id, record]))
}

/** `undefined` when one is missing. */
function allOf(ids: readonly string[], records: ReadonlyMap<string, FoundRecord>): FoundRecord[] | undefined {
  const found = ids.flatMap(id => records.get(id) ?? [])
  return found.length === ids.length ? found : undefined
}
