import { describe, expect, it } from 'vitest'
import { parseDocumentId } from '../document.ts'
import type { SyncEntry } from '../ports/sync-journal.ts'
import { decide } from './decide.ts'
import type { DocumentManifest } from './document-manifest.ts'
import { parseRevision } from './revision.ts'

const ID = parseDocumentId('a'.repeat(64))
const rev = (n: number) => parseRevision(`179516841165${n}-0000-aaaaaaaa`)

/** Given after the revisions `follows`, of which the server had the first. */
function mine(revision: number, follows: readonly number[], change: Partial<SyncEntry> = {}): SyncEntry {
  const base = follows.length === 0 ? {} : { base: { revision: rev(follows[0] ?? 0), passages: 1, parts: 0 } }
  return {
    id: ID,
    revision: rev(revision),
    follows: follows.map(rev),
    ...base,
    fingerprint: 'row',
    dirty: true,
    ...change,
  }
}

function removedHere(revision: number, follows: readonly number[]): SyncEntry {
  const { fingerprint: _row, ...entry } = mine(revision, follows)
  return entry
}

function theirs(
  revision: number,
  follows: readonly number[],
  change: Partial<DocumentManifest> = {},
): DocumentManifest {
  const records = { passages: 1, parts: 0, hash: 'theirs', removed: false }
  return { id: ID, revision: rev(revision), follows: follows.map(rev), ...records, ...change }
}

const GONE = { removed: true }

describe('of two versions', () => {
  it.each<[string, SyncEntry | undefined, DocumentManifest, ReturnType<typeof decide>]>([
    ['one that only the server has', undefined, theirs(5, []), { verdict: 'take' }],
    ['the same', mine(5, [4]), theirs(5, [4]), { verdict: 'same' }],
    ['a later one there', mine(4, []), theirs(5, [4]), { verdict: 'take' }],
    ['a later one here', mine(5, [4]), theirs(4, []), { verdict: 'send' }],
    ['two edits, theirs later', mine(5, [4]), theirs(6, [4]), { verdict: 'take', loser: 'here' }],
    ['two edits, mine later', mine(6, [4]), theirs(5, [4]), { verdict: 'send', loser: 'server' }],
    ['two that meet first', mine(5, [], { hash: 'mine' }), theirs(6, []), { verdict: 'take', loser: 'here' }],
    ['the same words, met first', mine(7, [], { hash: 'theirs' }), theirs(6, []), { verdict: 'adopt' }],
    ['the same words, met before', mine(7, [4], { hash: 'theirs' }), theirs(6, [4]), { verdict: 'send' }],
    ['my edit, and a later removal', mine(5, [4]), theirs(6, [4], GONE), { verdict: 'take', loser: 'here' }],
    ['my edit, and an earlier removal', mine(6, [4]), theirs(5, [4], GONE), { verdict: 'send' }],
    ['my removal, and a later edit', removedHere(5, [4]), theirs(6, [4]), { verdict: 'take' }],
    [
      'my removal, and an earlier edit',
      removedHere(6, [4]),
      theirs(5, [4]),
      { verdict: 'send', loser: 'server' },
    ],
    ['two removals', removedHere(5, [4]), theirs(6, [4], GONE), { verdict: 'take' }],
    ['a removal of what I have', mine(4, []), theirs(6, [4], GONE), { verdict: 'take' }],
    [
      'mine, overwritten by an earlier one',
      mine(6, [4]),
      theirs(5, [4]),
      { verdict: 'send', loser: 'server' },
    ],
    ['that one, seen by now', mine(6, [5, 4]), theirs(5, [4]), { verdict: 'send' }],
    ['mine, overwritten by a later one', mine(5, [4]), theirs(7, [6, 4]), { verdict: 'take', loser: 'here' }],
    ['mine, and one that follows it', mine(5, [4]), theirs(7, [6, 5, 4]), { verdict: 'take' }],
  ])('%s', (_, here, there, expected) => {
    expect(decide(here, there)).toEqual(expected)
  })
})
