import { describe, expect, it } from 'vitest'
import { type DocumentId, parseDocumentId, type SpaceId } from '../core/document.ts'
import type { ConflictCopy, SyncEntry, SyncJournal, SyncState } from '../core/ports/sync-journal.ts'
import { parseRevision, type Revision } from '../core/sync/revision.ts'

const idOf = (number: number): DocumentId => parseDocumentId(number.toString(16).padStart(64, '0'))
const revisionOf = (time: number): Revision =>
  parseRevision(`${String(time).padStart(13, '0')}-0000-deviceaa`)

const STATE: SyncState = {
  device: 'deviceaa',
  clock: { time: 7, counter: 1 },
  collections: { passages: 'one', documents: 'two' },
  cursor: 12,
  awaited: [idOf(3)],
  doubtful: [{ id: idOf(1), revision: revisionOf(1), passages: 2, parts: 0 }],
  taking: undefined,
}

function entryOf(number: number, change: Partial<SyncEntry> = {}): SyncEntry {
  return { id: idOf(number), revision: revisionOf(number), follows: [], dirty: true, ...change }
}

function copyOf(number: number, time: number, keptAt: number): ConflictCopy {
  const text = `words of ${time}`
  const document = {
    id: idOf(number),
    title: text,
    name: 'a.txt',
    path: 'a.txt',
    mediaType: 'text/plain',
    bytes: 1,
    modifiedAt: 1,
    addedAt: 1,
    passageCount: 1,
    firstKey: 0,
    space: 'suite space' as SpaceId,
  }
  const contents = { text, passages: [{ start: 0, end: text.length, trail: [] }] }
  return {
    id: idOf(number),
    revision: revisionOf(time),
    winner: revisionOf(time + 1),
    from: 'here',
    keptAt,
    stored: { document, contents, vectors: Float32Array.of(0.6, 0.8) },
  }
}

export function runSyncJournalSuite(name: string, open: () => SyncJournal): void {
  describe(`a journal of synchronising in ${name}`, () => {
    it('knows nothing at first, and gives back the state that was kept last', async () => {
      const journal = open()
      expect([await journal.state(), await journal.entries(), await journal.copies()]).toEqual([
        undefined,
        [],
        [],
      ])
      await journal.keepState(STATE)
      await journal.keepState({ ...STATE, cursor: 13 })
      expect(await journal.state()).toEqual({ ...STATE, cursor: 13 })
    })

    it('keeps one entry for each document, until it is dropped', async () => {
      const journal = open()
      const base = { revision: revisionOf(1), passages: 3, parts: 0 }
      await journal.put([entryOf(1), entryOf(2), entryOf(3)])
      await journal.put([entryOf(2, { dirty: false, base, fingerprint: 'f', hash: 'h' })])
      await journal.drop([idOf(3), idOf(9)])
      const entries = (await journal.entries()).toSorted((a, b) => (a.id < b.id ? -1 : 1))
      expect(entries).toEqual([entryOf(1), entryOf(2, { dirty: false, base, fingerprint: 'f', hash: 'h' })])
    })

    it('keeps copies whole, by document and revision, oldest first', async () => {
      const journal = open()
      const [late, early] = [copyOf(1, 5, 20), copyOf(1, 4, 10)]
      await journal.keepCopy(late)
      await journal.keepCopy(early)
      await journal.keepCopy({ ...late, from: 'server' })
      expect(await journal.copies()).toEqual([early, { ...late, from: 'server' }])
      await journal.dropCopy(idOf(1), revisionOf(4))
      await journal.dropCopy(idOf(2), revisionOf(5))
      expect(await journal.copies()).toEqual([{ ...late, from: 'server' }])
    })

    it('forgets all of it', async () => {
      const journal = open()
      await journal.keepState(STATE)
      await journal.put([entryOf(1)])
      await journal.keepCopy(copyOf(1, 5, 20))
      await journal.clear()
      expect([await journal.state(), await journal.entries(), await journal.copies()]).toEqual([
        undefined,
        [],
        [],
      ])
    })
  })
}
