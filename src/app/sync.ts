import type { DocumentId, LibraryDocument } from '../core/document.ts'
import { failure } from '../core/errors.ts'
import { createExclusive } from '../core/exclusive.ts'
import type { SyncDirection, SyncOutcome, SyncPlan } from '../core/sync/report.ts'
import type { Sync, SyncControl, SyncOptions, SyncPorts } from './sync-api.ts'
import { openSyncBook, type SyncBook } from './sync-book.ts'
import { attach, findCollections, openCollections } from './sync-collections.ts'
import { noteAll } from './sync-note.ts'
import { type Look, look, pull } from './sync-pull.ts'
import { push, settleDoubts } from './sync-push.ts'
import { count, outcomeOf, startTally } from './sync-tally.ts'

/**
 * Makes the libraries of several devices alike through a server that none of them need trust with more than their words:
 * the later version of a document wins everywhere, a removal is a version, and what lost unseen is kept as a copy.
 */
export function createSync(ports: SyncPorts): Sync {
  /** Two books of one journal would overwrite each other. */
  const alone = createExclusive()
  const open = () => openSyncBook(ports)

  async function note(): Promise<void> {
    const book = await open()
    await ports.exclusive(() => noteAll(ports, book))
    await book.change({})
  }

  async function plan(direction: SyncDirection, options: SyncOptions): Promise<SyncPlan> {
    const { control, full = false, progress = () => undefined } = withTurns(options)
    const book = await open()
    const rows = await ports.exclusive(() => noteAll(ports, book))
    const collections = await findCollections(ports, control)
    const known = book.state().collections
    const same =
      collections?.passages.id === known?.passages && collections?.documents.id === known?.documents
    const now = await ports.server.now(control.signal)
    const looked =
      collections === undefined || direction === 'push'
        ? undefined
        : await look({ ports, book, collections, control, direction }, now, full || !same, progress)
    return planOf(direction, book, rows, looked, ports, same)
  }

  async function run(direction: SyncDirection, options: SyncOptions): Promise<SyncOutcome> {
    const { control, full = false, progress = () => undefined } = withTurns(options)
    const tally = startTally()
    const book = await open()
    const collections = await openCollections(ports, control)
    await attach(collections, book)
    const now = await ports.server.now(control.signal)
    const parts = { ports, book, collections, control, tally, direction }
    await ports.exclusive(() => noteAll(ports, book))
    await settleDoubts(parts)
    if (direction !== 'push') await pull(parts, now, full, progress)
    if (direction !== 'pull') {
      const rows = await ports.exclusive(() => noteAll(ports, book))
      await push(parts, rows, progress)
      await settleDoubts(parts)
    }
    return outcomeOf(tally, book.state().awaited.length)
  }

  return {
    note: () => alone(note),
    plan: (direction, options) => alone(() => plan(direction, options)),
    run: (direction, options) => alone(() => run(direction, options)),
  }
}

/** Whoever waits for his turn may be cancelled meanwhile. */
function withTurns(options: SyncOptions): SyncOptions {
  const { control } = options
  const turn = async () => {
    stopIfAborted(control)
    await control.turn()
    stopIfAborted(control)
  }
  return { ...options, control: { signal: control.signal, turn } }
}

function stopIfAborted({ signal }: SyncControl): void {
  if (signal.aborted)
    throw failure('Cancelled', 'Synchronising was cancelled. What was done stays, and it goes on from there.')
}

/** @param same Whether what is noted is about these collections; where not, everything here is to be sent. */
function planOf(
  direction: SyncDirection,
  book: SyncBook,
  rows: ReadonlyMap<DocumentId, LibraryDocument>,
  looked: Look | undefined,
  { space }: SyncPorts,
  same: boolean,
): SyncPlan {
  const { sent: send, taken: take } = startTally()
  const sending = new Set(
    book
      .entries()
      .filter(({ dirty, fingerprint }) => (same ? dirty : fingerprint !== undefined))
      .map(({ id }) => id),
  )
  let conflicts = 0
  for (const { verdict, loser, manifest } of looked?.judged ?? []) {
    if (loser !== undefined) conflicts++
    if (verdict === 'send') sending.add(manifest.id)
    else sending.delete(manifest.id)
    if (verdict !== 'take') continue
    if (!manifest.removed) count(take, manifest.passages)
    else if (rows.has(manifest.id)) take.removals++
  }
  let waiting = 0
  for (const id of direction === 'pull' ? [] : sending) {
    const row = rows.get(id)
    if (row === undefined) send.removals++
    else if (row.space !== space) waiting++
    else count(send, row.passageCount)
  }
  return { send, take, conflicts, waiting }
}
