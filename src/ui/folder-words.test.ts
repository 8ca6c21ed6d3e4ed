import { describe, expect, it } from 'vitest'
import type { FolderState } from '../core/folder-state.ts'
import { folderSentence, foldersLine } from './folder-words.ts'

const FOLDER: FolderState = {
  id: 'a',
  name: 'notes',
  handle: { kind: 'directory', name: 'notes' },
  addedAt: 0,
  access: 'granted',
  looking: undefined,
  documents: 1204,
  gone: [],
  goneDocuments: 0,
  problems: [],
}

describe('the words about folders', () => {
  it('say how many there are, and what is to be done about them', () => {
    expect(foldersLine([])).toBeUndefined()
    expect(foldersLine([FOLDER], 'en')).toBe('1 folder')
    expect(foldersLine([FOLDER, { ...FOLDER, access: 'prompt', goneDocuments: 3 }], 'en')).toBe(
      '2 folders · may not be read · 3 deleted documents',
    )
    expect(foldersLine([{ ...FOLDER, looking: 0 }], 'en')).toBe('1 folder · looking')
  })

  it('say what is in one, and when it was looked at', () => {
    expect(folderSentence(FOLDER, 'en')).toBe('1,204 documents · not looked at to its end yet')
    expect(folderSentence({ ...FOLDER, looking: 7 }, 'en')).toBe('1,204 documents · looking: 7 files seen')
    const lookedAt = new Date(2026, 10, 20, 14, 5).getTime()
    expect(folderSentence({ ...FOLDER, lookedAt }, 'en')).toMatch(/looked at Nov 20, 2026, 2:05/)
  })
})
