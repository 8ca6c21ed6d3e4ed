import type { DocumentId, LibraryDocument, StoredDocument } from '../core/document.ts'
import type { DoubtfulRecords, SyncEntry } from '../core/ports/sync-journal.ts'
import { secondsOf } from '../core/sync/change-window.ts'
import {
  type DocumentManifest,
  manifestRecord,
  partIds,
  passageIds,
  tombstone,
} from '../core/sync/document-manifest.ts'
import { packDocument, type PackedDocument } from '../core/sync/document-records.ts'
import type { SyncProgress } from '../core/sync/report.ts'
import type { SyncPorts } from './sync-api.ts'
import type { SyncBook } from './sync-book.ts'
import { isProblem, manifestsOf, type Seen } from './sync-look.ts'
import { noteSome } from './sync-note.ts'
import { adopt, doubtBase, judge, markForSending, type SyncRun, takeDocuments } from './sync-take.ts'
import { count, groupsOf } from './sync-tally.ts'

type Packed = Pick<PackedDocument, 'manifest' | 'description'> & Partial<PackedDocument>

/** Makes the server hold what this device has later than it. */
export async function push(
  run: SyncRun,
  rows: ReadonlyMap<DocumentId, LibraryDocument>,
  progress: (progress: SyncProgress) => void,
): Promise<void> {
  const dirty = run.book.entries().filter(({ dirty }) => dirty)
  const total = dirty.length
  let done = 0
  for (const group of groupsOf(dirty, ({ id }) => rows.get(id)?.passageCount ?? 0)) {
    await run.control.turn()
    await sendGroup(
      group.map(({ id }) => id),
      run,
    )
    done += group.length
    progress({ step: 'sending', done, total })
    await run.ports.clock.breathe()
  }
}

/** Whether a document has vectors that may be sent. */
export function isReady({ document, vectors }: StoredDocument, { space, dimension }: SyncPorts): boolean {
  return document.space === space && vectors.length === document.passageCount * dimension
}

async function sendGroup(ids: readonly DocumentId[], run: SyncRun): Promise<void> {
  const { ports, book, collections, control, tally } = run
  const onServer = await manifestsOf(ids, collections, control)
  const winning = await thoseToSend(ids, onServer, run)
  // What is read here is what is sent, under the revision that it has here.
  const stored = await ports.exclusive(() => noteSome(winning, ports, book))
  const packed: Packed[] = []
  for (const entry of winning.flatMap(id => book.entry(id) ?? [])) {
    const one = stored.get(entry.id)
    if (one !== undefined && !isReady(one, ports)) tally.waiting++
    else if (entry.dirty) packed.push(pack(entry, one, run))
  }
  if (packed.length > 0) await send(packed, onServer, run)
}

/** Those that are later here; the others are taken, where this device may change. */
async function thoseToSend(
  ids: readonly DocumentId[],
  onServer: ReadonlyMap<DocumentId, Seen>,
  run: SyncRun,
): Promise<DocumentId[]> {
  const { ports, book, tally, direction } = run
  const sending: DocumentId[] = []
  const fetching: DocumentId[] = []
  for (const id of ids) {
    const theirs = onServer.get(id)
    if (theirs === undefined) sending.push(id)
    else if (isProblem(theirs)) tally.problems.push(theirs)
    else {
      const { verdict, loser } = await judge(theirs, ports, book)
      if (verdict === 'same' || verdict === 'adopt') await adopt(theirs, book)
      if (verdict === 'send') sending.push(id)
      if (verdict === 'send') await (loser === undefined ? markForSending : doubtBase)(theirs, book)
      if (loser === 'server' || (verdict === 'take' && direction !== 'push')) fetching.push(id)
    }
  }
  // What cannot be fetched whole must not be in the way for ever: whoever sent it sees that it was not followed.
  if (fetching.length > 0) await takeDocuments(fetching, run)
  return sending.filter(id => book.entry(id)?.dirty === true)
}

function pack(
  { id, revision, follows }: SyncEntry,
  stored: StoredDocument | undefined,
  { book }: SyncRun,
): Packed {
  if (stored === undefined) return { manifest: tombstone(id, revision, follows), description: '' }
  return packDocument(stored, revision, follows, book.hash)
}

/**
 * Passages first, then the manifests, which make them count, then the passages of the former revisions go. Wherever this
 * stops, every device sees the former revision or the new one, and what is too much is known.
 */
async function send(
  packed: readonly Packed[],
  onServer: ReadonlyMap<DocumentId, Seen>,
  run: SyncRun,
): Promise<void> {
  const { ports, book, collections, control, tally } = run
  const { signal } = control
  const former = packed.flatMap(({ manifest }) => formerOf(manifest, onServer.get(manifest.id), book))
  await book.doubt([...packed.map(({ manifest }) => doubtOf(manifest)), ...former])
  await collections.passages.upsert(
    packed.flatMap(({ passages = [] }) => passages),
    signal,
  )
  await collections.documents.upsert(
    packed.flatMap(({ parts = [] }) => parts),
    signal,
  )
  const pushedAt = secondsOf(await ports.server.now(signal))
  const records = packed.map(({ manifest, description }) => manifestRecord(manifest, description, pushedAt))
  await collections.documents.upsert(records, signal)
  await book.put(packed.flatMap(({ manifest }) => sentEntry(manifest, book.entry(manifest.id))))
  for (const { manifest } of packed) {
    if (manifest.removed) tally.sent.removals++
    else count(tally.sent, manifest.passages)
  }
  await removeRecords(former, run)
  const done = new Set([...packed.map(({ manifest }) => manifest), ...former].map(nameOf))
  await book.change({ doubtful: book.state().doubtful.filter(doubt => !done.has(nameOf(doubt))) })
}

function nameOf({ id, revision }: Pick<DoubtfulRecords, 'id' | 'revision'>): string {
  return `${id} ${revision}`
}

/** What the server had when somebody looked last, and what it is known to have had before or since. */
function formerOf(
  { id, revision }: DocumentManifest,
  theirs: Seen | undefined,
  book: SyncBook,
): DoubtfulRecords[] {
  const base = book.entry(id)?.base
  const seen = theirs === undefined || isProblem(theirs) ? [] : [doubtOf(theirs)]
  const known = base === undefined || base.revision === seen[0]?.revision ? [] : [{ id, ...base }]
  return [...seen, ...known].filter(former => former.revision !== revision)
}

function doubtOf({ id, revision, passages, parts }: DocumentManifest): DoubtfulRecords {
  return { id, revision, passages, parts }
}

/** The document may have been changed meanwhile: then it stays to be sent. */
function sentEntry(
  { revision, hash, removed, passages, parts }: DocumentManifest,
  entry?: SyncEntry,
): SyncEntry[] {
  if (entry === undefined) return []
  const base = { revision, passages, parts }
  if (entry.revision !== revision) return [{ ...entry, base }]
  return [{ ...entry, base, dirty: false, ...(removed ? {} : { hash }) }]
}

async function removeRecords(
  doubts: readonly DoubtfulRecords[],
  { collections, control }: SyncRun,
): Promise<void> {
  await collections.passages.remove(doubts.flatMap(passageIds), control.signal)
  await collections.documents.remove(doubts.flatMap(partIds), control.signal)
}

/** Removes what was sent and did not come to count, or counted and was not removed, when something stopped in between. */
export async function settleDoubts(run: SyncRun): Promise<void> {
  const { book, collections, control } = run
  const { doubtful } = book.state()
  if (doubtful.length === 0) return
  const onServer = await manifestsOf([...new Set(doubtful.map(({ id }) => id))], collections, control)
  const isMine = ({ id, revision }: DoubtfulRecords) => {
    const entry = book.entry(id)
    return entry?.dirty === true && entry.revision === revision
  }
  const counts = ({ id, revision }: DoubtfulRecords) => {
    const theirs = onServer.get(id)
    return theirs !== undefined && (isProblem(theirs) || theirs.revision === revision)
  }
  for (const { id, ...base } of doubtful.filter(counts)) {
    const entry = book.entry(id)
    if (entry !== undefined) await book.put([{ ...entry, base }])
  }
  await removeRecords(
    doubtful.filter(doubt => !counts(doubt) && !isMine(doubt)),
    run,
  )
  await book.change({ doubtful: doubtful.filter(doubt => isMine(doubt) && !counts(doubt)) })
}
