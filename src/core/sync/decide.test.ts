import { describe, expect, it } from 'vitest'
import { parseDocumentId } from '../document.ts'
import type { SyncEntry } from '../ports/sync-journal.ts'
import { decide } from './decide.ts'
import type { DocumentManifest } from './document-manifest.ts'
import { parseRevision } from './revision.ts'

const ID = parseDocumentId('a'.repeat(64))
const rev = (n: number) => parseRevision(`179516841165${n}-0000-aaaaaaaa`)

function mine(
  revision: number,
  change: Partial<Omit<SyncEntry, 'base'>> & { base?: number | undefined } = {},
): SyncEntry {
  const { base, ...rest } = change
  const entry = { id: ID, revision: rev(revision), fingerprint: 'row', dirty: true, ...rest }
  return base === undefined ? entry : { ...entry, base: rev(base) }
}

function removedHere(revision: number, base: number): SyncEntry {
  return { id: ID, revision: rev(revision), base: rev(base), dirty: true }
}

function theirs(revision: number, change: Partial<DocumentManifest> = {}): DocumentManifest {
  return { id: ID, revision: rev(revision), passages: 1, parts: 0, hash: 'theirs', removed: false, ...change }
}

describe('of two versions', () => {
  it.each<[string, SyncEntry | undefined, DocumentManifest, ReturnType<typeof decide>]>([
    ['one that only the server has', undefined, theirs(5), { verdict: 'take' }],
    ['the same', mine(5, { base: 5, dirty: false }), theirs(5), { verdict: 'same' }],
    ['a later one there', mine(4, { base: 4, dirty: false }), theirs(5), { verdict: 'take' }],
    ['a later one here', mine(5, { base: 4 }), theirs(4), { verdict: 'send' }],
    ['two edits, theirs later', mine(5, { base: 4 }), theirs(6), { verdict: 'take', loser: 'here' }],
    ['two edits, mine later', mine(6, { base: 4 }), theirs(5), { verdict: 'send', loser: 'server' }],
    [
      'two that met for the first time',
      mine(5, { hash: 'mine' }),
      theirs(6),
      { verdict: 'take', loser: 'here' },
    ],
    ['the same words that have not met', mine(7, { hash: 'theirs' }), theirs(6), { verdict: 'adopt' }],
    [
      'my edit, and a later removal',
      mine(5, { base: 4 }),
      theirs(6, { removed: true }),
      { verdict: 'take', loser: 'here' },
    ],
    [
      'my edit, and an earlier removal',
      mine(6, { base: 4 }),
      theirs(5, { removed: true }),
      { verdict: 'send' },
    ],
    ['my removal, and a later edit', removedHere(5, 4), theirs(6), { verdict: 'take' }],
    ['my removal, and an earlier edit', removedHere(6, 4), theirs(5), { verdict: 'send', loser: 'server' }],
    ['two removals', removedHere(5, 4), theirs(6, { removed: true }), { verdict: 'take' }],
    [
      'a removal that I follow',
      mine(5, { base: 4, dirty: false }),
      theirs(6, { removed: true }),
      { verdict: 'take' },
    ],
    [
      'mine, overwritten by an earlier one',
      mine(6, { base: 6, dirty: false }),
      theirs(5),
      { verdict: 'send', loser: 'server' },
    ],
    ['that one, seen again', mine(6, { base: 5 }), theirs(5), { verdict: 'send' }],
  ])('%s', (_, here, there, expected) => {
    expect(decide(here, there)).toEqual(expected)
  })
})
