import { describe, expect, it } from 'vitest'
import { type DocumentId, type LibraryDocument, parseDocumentId, type SpaceId } from '../document.ts'
import type { SyncEntry, Taking } from '../ports/sync-journal.ts'
import { localChanges } from './local-changes.ts'
import { parseRevision } from './revision.ts'

const ID = parseDocumentId('a'.repeat(64))
const rev = (n: number) => parseRevision(`179516841165${n}-0000-aaaaaaaa`)
const BASE = { revision: rev(4), passages: 1, parts: 0 }
const CLEAN: SyncEntry = {
  id: ID,
  revision: rev(4),
  follows: [],
  base: BASE,
  fingerprint: 'old',
  dirty: false,
}
const { fingerprint: _print, ...GONE } = CLEAN
const TAKING: Taking = {
  id: ID,
  revision: rev(5),
  follows: [rev(4)],
  base: { ...BASE, revision: rev(5) },
  fingerprint: 'new',
}

/** A row whose title stands for its fingerprint. */
function rowOf(title: string): LibraryDocument {
  const file = { name: 'a', path: 'a', mediaType: 'text/plain', bytes: 1, modifiedAt: 1, addedAt: 1 }
  return { id: ID, title, ...file, passageCount: 1, firstKey: 1, space: 's' as SpaceId }
}

function changes(title: string | undefined, entry: SyncEntry | undefined, taking?: Taking): SyncEntry[] {
  const rows = new Map<DocumentId, LibraryDocument>(title === undefined ? [] : [[ID, rowOf(title)]])
  return localChanges(
    [ID],
    rows,
    () => entry,
    taking,
    row => row.title,
    () => rev(9),
  )
}

describe('what has changed here', () => {
  it('is a document that was added', () => {
    expect(changes('new', undefined)).toEqual([
      { id: ID, revision: rev(9), follows: [], fingerprint: 'new', dirty: true },
    ])
  })

  it('is a document that was edited, which follows what it was', () => {
    expect(changes('new', CLEAN)).toEqual([
      { id: ID, revision: rev(9), follows: [rev(4)], base: BASE, fingerprint: 'new', dirty: true },
    ])
  })

  it('is a document that was removed, and one that came back', () => {
    expect(changes(undefined, CLEAN)).toEqual([
      { id: ID, revision: rev(9), follows: [rev(4)], base: BASE, dirty: true },
    ])
    expect(changes('old', GONE)).toMatchObject([{ revision: rev(9), fingerprint: 'old', dirty: true }])
  })

  it('is nothing where the row is as it was', () => {
    expect(changes('old', CLEAN)).toEqual([])
    expect(changes(undefined, GONE)).toEqual([])
    expect(changes(undefined, undefined)).toEqual([])
  })

  it('is not what was taken from the server before somebody could note it', () => {
    const { fingerprint: _, ...removing } = TAKING
    expect(changes('new', CLEAN, TAKING)).toEqual([{ ...TAKING, dirty: false }])
    expect(changes('new', undefined, TAKING)).toEqual([{ ...TAKING, dirty: false }])
    expect(changes(undefined, CLEAN, removing)).toEqual([{ ...removing, dirty: false }])
  })

  it('is not hidden by what was to be taken and was not, or was taken long ago', () => {
    expect(changes('mine', CLEAN, TAKING)).toMatchObject([{ revision: rev(9), fingerprint: 'mine' }])
    const later = { ...GONE, revision: rev(6), dirty: true }
    expect(changes('new', later, TAKING)).toMatchObject([{ revision: rev(9), dirty: true }])
  })
})
