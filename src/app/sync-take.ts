import type { DocumentId, StoredDocument } from '../core/document.ts'
import type { ConflictCopy, SyncEntry } from '../core/ports/sync-journal.ts'
import { type Decision, decide } from '../core/sync/decide.ts'
import type { DocumentManifest } from '../core/sync/document-manifest.ts'
import { contentHash, fingerprintOf } from '../core/sync/document-records.ts'
import { taken } from '../core/sync/local-changes.ts'
import { follow, isFollowed } from '../core/sync/revision.ts'
import type { SyncDirection } from '../core/sync/report.ts'
import type { SyncControl, SyncPorts } from './sync-api.ts'
import type { SyncBook } from './sync-book.ts'
import type { SyncCollections } from './sync-collections.ts'
import { type FetchedDocument, fetchDocuments, isProblem } from './sync-look.ts'
import { noteSome } from './sync-note.ts'
import { count, type SyncTally } from './sync-tally.ts'

/** What a run works with. */
export interface SyncRun {
  readonly ports: SyncPorts
  readonly book: SyncBook
  readonly collections: SyncCollections
  readonly control: SyncControl
  readonly tally: SyncTally
  readonly direction: SyncDirection
}

/** Fetches documents and does with each what is to be done about it now. */
export async function takeDocuments(ids: readonly DocumentId[], run: SyncRun): Promise<void> {
  const { ports, book, collections, control, tally } = run
  const fetched = await fetchDocuments(ids, collections, ports, book.hash, control)
  const whole = new Set<string>()
  for (const one of fetched) {
    await control.turn()
    if (isProblem(one)) tally.problems.push(one)
    else {
      whole.add(one.manifest.id)
      await ports.exclusive(() => settle(one, run))
    }
    await ports.clock.breathe()
  }
  const { awaited } = book.state()
  const next = [...new Set([...awaited, ...ids])].filter(id => !whole.has(id))
  await book.change({ awaited: next })
}

/** What to do about a document, with its hash where that is needed. */
export async function judge(
  theirs: DocumentManifest,
  { library }: Pick<SyncPorts, 'library'>,
  book: SyncBook,
): Promise<Decision> {
  book.witness(theirs.revision)
  const mine = book.entry(theirs.id)
  if (mine === undefined || !needsHash(mine, theirs)) return decide(mine, theirs)
  const [stored] = await library.load([theirs.id])
  return decide(stored === undefined ? mine : { ...mine, hash: contentHash(stored, book.hash) }, theirs)
}

function needsHash(mine: SyncEntry, theirs: DocumentManifest): boolean {
  return (
    mine.hash === undefined &&
    mine.fingerprint !== undefined &&
    !theirs.removed &&
    mine.revision !== theirs.revision
  )
}

/** The server's revision is mine from now on; what the library holds says the same. */
export async function adopt(theirs: DocumentManifest, book: SyncBook): Promise<void> {
  const { id, revision, follows, hash, removed } = theirs
  const entry = book.entry(id)
  if (entry === undefined) return
  const known = removed ? {} : { hash }
  await book.put([{ ...entry, ...known, revision, follows, base: recordsOf(theirs), dirty: false }])
}

/** Mine is to replace the server's, of which what was to be kept is kept. */
export async function markForSending(theirs: DocumentManifest, book: SyncBook): Promise<void> {
  const entry = book.entry(theirs.id)
  if (entry === undefined) return
  await doubtBase(theirs, book)
  const follows = follow(theirs.revision, theirs.follows, entry.follows)
  await book.put([{ ...entry, follows, base: recordsOf(theirs), dirty: true }])
}

/** Whoever overwrote what the server had, and had not seen it, did not know what to remove. */
export async function doubtBase(theirs: DocumentManifest, book: SyncBook): Promise<void> {
  const base = book.entry(theirs.id)?.base
  if (base === undefined || base.revision === theirs.revision) return
  if (!isFollowed(base.revision, theirs.follows)) await book.doubt([{ id: theirs.id, ...base }])
}

function recordsOf({ revision, passages, parts }: DocumentManifest): NonNullable<SyncEntry['base']> {
  return { revision, passages, parts }
}

/** The library may have changed since somebody looked, and so may the server: it is decided here, where nobody writes. */
async function settle(fetched: FetchedDocument, run: SyncRun): Promise<void> {
  const { manifest, contents } = fetched
  const { ports, book, direction } = run
  const stored = (await noteSome([manifest.id], ports, book)).get(manifest.id)
  const { verdict, loser } = await judge(manifest, ports, book)
  if (verdict === 'adopt') return await adopt(manifest, book)
  if (verdict === 'same' || (verdict === 'take' && direction === 'push')) return
  const entry = book.entry(manifest.id)
  if (loser === 'here' && stored !== undefined && entry !== undefined) {
    await keepCopy({ from: 'here', stored, revision: entry.revision, winner: manifest.revision }, run)
  }
  if (loser === 'server' && contents !== undefined && entry !== undefined) {
    const theirs = { ...contents, document: { ...contents.document, firstKey: 0 } }
    await keepCopy(
      { from: 'server', stored: theirs, revision: manifest.revision, winner: entry.revision },
      run,
    )
  }
  if (verdict === 'send') return await markForSending(manifest, book)
  await doubtBase(manifest, book)
  await (contents === undefined ? remove(manifest, stored, run) : put(manifest, contents, stored, run))
}

async function keepCopy(copy: Omit<ConflictCopy, 'id' | 'keptAt'>, { ports, tally }: SyncRun): Promise<void> {
  await ports.journal.keepCopy({ ...copy, id: copy.stored.document.id, keptAt: ports.clock.now() })
  tally.copies++
}

async function remove(
  theirs: DocumentManifest,
  stored: StoredDocument | undefined,
  { ports, book, tally }: SyncRun,
): Promise<void> {
  const { id, revision, follows } = theirs
  const taking = { id, revision, follows, base: recordsOf(theirs) }
  if (stored !== undefined) {
    await book.change({ taking })
    await ports.library.remove(id)
    await ports.onRemoved(stored.document)
    tally.taken.removals++
  }
  await book.put([taken(taking)])
}

async function put(
  theirs: DocumentManifest,
  contents: NonNullable<FetchedDocument['contents']>,
  before: StoredDocument | undefined,
  { ports, book, tally }: SyncRun,
): Promise<void> {
  const folder = before?.document.source?.folder
  const { source } = contents.document
  const own = source === undefined || folder === undefined ? {} : { source: { ...source, folder } }
  const document = { ...contents.document, ...own }
  const { id, revision, follows, hash } = theirs
  const fingerprint = fingerprintOf(document, book.hash)
  const taking = { id, revision, follows, hash, fingerprint, base: recordsOf(theirs) }
  await book.change({ taking })
  if (before !== undefined) await ports.onRemoved(before.document)
  const fits = contents.vectors.length === document.passageCount * ports.dimension
  const vectors = fits ? contents.vectors : new Float32Array(0)
  const kept = await ports.library.put(document, contents.contents, vectors, { newKeys: true })
  await book.put([taken(taking)])
  await ports.onTaken({ document: kept, contents: contents.contents, vectors })
  count(tally.taken, document.passageCount)
}
