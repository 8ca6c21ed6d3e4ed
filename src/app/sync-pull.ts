import type { DocumentId } from '../core/document.ts'
import { secondsOf } from '../core/sync/change-window.ts'
import type { Decision } from '../core/sync/decide.ts'
import type { DocumentManifest } from '../core/sync/document-manifest.ts'
import type { SyncProblem, SyncProgress } from '../core/sync/report.ts'
import { changesAfter, isProblem, manifestsOf, type Seen } from './sync-look.ts'
import { adopt, judge, markForSending, type SyncRun, takeDocuments } from './sync-take.ts'
import { groupsOf } from './sync-tally.ts'

/** Seconds: longer than a request takes with all its repetitions. */
const OVERLAP = 600

/** What is to be done about a document of the server's. */
export interface Judged extends Decision {
  readonly manifest: DocumentManifest
}

export interface Look {
  readonly judged: readonly Judged[]
  readonly problems: readonly SyncProblem[]
  /** All that the server was seen to have. */
  readonly seen: ReadonlySet<string>
}

/**
 * Looks at what the server has got since the last time, or at all that it has, and at what was not whole then.
 * @param now By the server's clock: milliseconds since the epoch.
 */
export async function look(
  run: Omit<SyncRun, 'tally'>,
  now: number,
  full: boolean,
  progress: (progress: SyncProgress) => void,
): Promise<Look> {
  const { ports, book, collections, control } = run
  const { cursor, awaited } = book.state()
  const judged = new Map<DocumentId, Judged>()
  const problems: SyncProblem[] = []
  const seen = new Set<string>()
  const take = async (page: Iterable<Seen>) => {
    for (const one of page) {
      seen.add(one.id)
      if (isProblem(one)) problems.push(one)
      else judged.set(one.id, { ...(await judge(one, ports, book)), manifest: one })
    }
    progress({ step: 'comparing', done: seen.size, total: 0 })
  }
  const after = full || secondsOf(now) < cursor ? -1 : cursor - (ports.overlap ?? OVERLAP)
  for await (const page of changesAfter(after, collections, ports.server.pageSize, control)) await take(page)
  const again = awaited.filter(id => !seen.has(id))
  if (again.length > 0) await take((await manifestsOf(again, collections, control)).values())
  return { judged: [...judged.values()], problems, seen }
}

/** Makes the library hold what the server has later than it, and marks what is later here. */
export async function pull(
  run: SyncRun,
  now: number,
  full: boolean,
  progress: (progress: SyncProgress) => void,
): Promise<void> {
  const { book, tally } = run
  const { judged, problems, seen } = await look(run, now, full, progress)
  tally.problems.push(...problems)
  const toFetch: DocumentManifest[] = []
  for (const { verdict, loser, manifest } of judged) {
    if (verdict === 'take' || loser !== undefined) toFetch.push(manifest)
    else if (verdict === 'adopt') await adopt(manifest, book)
    else if (verdict === 'send') await markForSending(manifest, book)
  }
  if (full) await missOnServer(seen, run)
  // Whatever else was waited for has come another way, or is gone.
  const wanted = new Set(toFetch.map(({ id }) => id))
  await book.change({ awaited: book.state().awaited.filter(id => wanted.has(id)) })
  let done = 0
  for (const group of groupsOf(toFetch, ({ passages }) => passages)) {
    await run.control.turn()
    const ids = group.map(({ id }) => id)
    await takeDocuments(ids, run)
    done += group.length
    progress({ step: 'taking', done, total: toFetch.length })
  }
  await book.change({ cursor: secondsOf(now) })
}

/** What the server should have and has not is sent again; what was removed on both sides is forgotten. */
async function missOnServer(seen: ReadonlySet<string>, { book }: SyncRun): Promise<void> {
  const missing = book.entries().filter(({ id, dirty }) => !dirty && !seen.has(id))
  const there = missing.filter(({ fingerprint }) => fingerprint !== undefined)
  await book.put(there.map(entry => ({ ...entry, dirty: true })))
  const gone = missing.filter(({ fingerprint }) => fingerprint === undefined)
  await book.drop(gone.map(({ id }) => id))
}
