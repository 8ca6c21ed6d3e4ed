import type { SyncEntry } from '../ports/sync-journal.ts'
import type { DocumentManifest } from './document-manifest.ts'
import { isFollowed } from './revision.ts'

/** What to do about a document that the server has. */
export interface Decision {
  /**
   * `same`: nothing. `adopt`: both say the same, so the server's revision is taken and nothing moves. `take`: the
   * server's is later. `send`: this device's is.
   */
  readonly verdict: 'same' | 'adopt' | 'take' | 'send'
  /** Whose words would be lost without a copy: nobody who wrote the later version had seen them. */
  readonly loser?: 'here' | 'server'
}

/**
 * The later revision wins, whole. A removal is a version like any other; that it lost needs no copy, because nothing of
 * it can be lost.
 * @param mine With its hash where both have the document and have not met; missing when this device never had it.
 */
export function decide(mine: SyncEntry | undefined, theirs: DocumentManifest): Decision {
  if (mine === undefined) return { verdict: 'take' }
  if (mine.revision === theirs.revision) return { verdict: 'same' }
  if (haveNotMet(mine, theirs) && mine.hash === theirs.hash) return { verdict: 'adopt' }
  if (theirs.revision > mine.revision) {
    const unseen = !isFollowed(mine.revision, theirs.follows) && isWorthKeeping(mine, theirs)
    return unseen ? { verdict: 'take', loser: 'here' } : { verdict: 'take' }
  }
  const unseen = !isFollowed(theirs.revision, mine.follows) && !theirs.removed && mine.hash !== theirs.hash
  return unseen ? { verdict: 'send', loser: 'server' } : { verdict: 'send' }
}

/** Whether both have a document that one of them may have got without the other. */
export function haveNotMet(mine: SyncEntry, theirs: DocumentManifest): boolean {
  return mine.base === undefined && mine.fingerprint !== undefined && !theirs.removed
}

function isWorthKeeping(mine: SyncEntry, theirs: DocumentManifest): boolean {
  return mine.fingerprint !== undefined && (theirs.removed || mine.hash !== theirs.hash)
}
