import { describe, expect, it } from 'vitest'
import { type DocumentId, parseDocumentId, type SpaceId } from '../core/document.ts'
import type { ConflictCopy, SyncEntry, SyncJournal, SyncState } from '../core/ports/sync-journal.ts'
import { parseRevision } from '../core/sync/revision.ts'

/** The promises of the `SyncJournal` port; `open` gives an empty one. */
export function runSyncJournalSuite(name: string, open: () => Promise<SyncJournal>): void {
  describe(`sync journal: ${name}`, () => {
    it('starts empty', async () => {
      const journal = await open()
      expect(await journal.state()).toBeUndefined()
      expect(await journal.entries()).toEqual([])
      expect(await journal.copies()).toEqual([])
    })

    it('keeps the last state', async () => {
      const journal = await open()
      await journal.keepState(STATE)
      const later = { ...STATE, cursor: 7, awaited: [idOf(2)] }
      await journal.keepState(later)
      expect(await journal.state()).toEqual(later)
    })

    it('keeps one entry for each document, until it is dropped', async () => {
      const journal = await open()
      await journal.put([entryOf(1), entryOf(2)])
      await journal.put([{ ...entryOf(2), dirty: false }, entryOf(3)])
      await journal.drop([idOf(1), idOf(9)])
      await journal.put([])
      await journal.drop([])
      const kept = (await journal.entries()).toSorted((a, b) => (a.id < b.id ? -1 : 1))
      expect(kept).toEqual([{ ...entryOf(2), dirty: false }, entryOf(3)])
    })

    it('tells a removed document from one that is there', async () => {
      const journal = await open()
      const { fingerprint: _, ...removed } = entryOf(1)
      await journal.put([entryOf(1)])
      await journal.put([removed])
      expect(await journal.entries()).toEqual([removed])
    })

    it('keeps copies, oldest first, one of each revision', async () => {
      const journal = await open()
      await journal.keepCopy(copyOf(1, 5, 200))
      await journal.keepCopy(copyOf(1, 6, 100))
      await journal.keepCopy(copyOf(2, 5, 300))
      await journal.keepCopy(copyOf(2, 5, 300))
      expect(await journal.copies()).toEqual([copyOf(1, 6, 100), copyOf(1, 5, 200), copyOf(2, 5, 300)])
      await journal.dropCopy(idOf(1), rev(6))
      await journal.dropCopy(idOf(1), rev(7))
      expect(await journal.copies()).toEqual([copyOf(1, 5, 200), copyOf(2, 5, 300)])
    })

    it('forgets everything when it is cleared', async () => {
      const journal = await open()
      await journal.keepState(STATE)
      await journal.put([entryOf(1)])
      await journal.keepCopy(copyOf(1, 5, 200))
      await journal.clear()
      expect([await journal.state(), await journal.entries(), await journal.copies()]).toEqual([
        undefined,
        [],
        [],
      ])
    })
  })
}

const rev = (n: number) => parseRevision(`179516841165${n}-0000-aaaaaaaa`)
const STATE: SyncState = {
  device: 'aaaaaaaa',
  clock: { time: 1_795_168_411_651, counter: 3 },
  collections: { passages: 'p', documents: 'd' },
  cursor: -1,
  awaited: [],
  doubtful: [{ id: idOf(1), revision: rev(1), passages: 2, parts: 0 }],
}

function idOf(number: number): DocumentId {
  return parseDocumentId(String(number).padStart(64, '0'))
}

function entryOf(number: number): SyncEntry {
  const base = { revision: rev(1), passages: 2, parts: 0 }
  return {
    id: idOf(number),
    revision: rev(2),
    base,
    follows: [rev(1)],
    fingerprint: 'f',
    hash: 'h',
    dirty: true,
  }
}

function copyOf(number: number, revision: number, keptAt: number): ConflictCopy {
  const id = idOf(number)
  const file = { name: 'a', path: 'a', mediaType: 'text/plain', bytes: 1, modifiedAt: 1, addedAt: 1 }
  const document = { id, title: 'A', ...file, passageCount: 1, firstKey: 0, space: 's' as SpaceId }
  const contents = { text: 'words', passages: [{ start: 0, end: 5, trail: ['A'] }] }
  const stored = { document, contents, vectors: Float32Array.of(1, 0) }
  return { id, revision: rev(revision), winner: rev(9), from: 'here', keptAt, stored }
}
