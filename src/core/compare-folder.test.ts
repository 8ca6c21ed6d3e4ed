import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  compareFolder,
  documentsFrom,
  goneFrom,
  hasElsewhere,
  type KnownFolder,
  type Sighting,
} from './compare-folder.ts'
import { type DocumentId, type LibraryDocument, parseDocumentId, type SpaceId } from './document.ts'
import type { FolderFile } from './folder-state.ts'

const idOf = (content: number) => parseDocumentId(content.toString(16).padStart(64, '0'))

function documentOf(content: number, path: string, folder: string | undefined): LibraryDocument {
  const file = { path, bytes: content, modifiedAt: content }
  return {
    id: idOf(content),
    title: path,
    name: path,
    mediaType: 'text/plain',
    ...file,
    addedAt: 0,
    passageCount: 1,
    firstKey: content,
    space: 'space' as SpaceId,
    ...(folder === undefined ? {} : { source: { ...file, folder } }),
  }
}

const libraryOf = (...documents: LibraryDocument[]) =>
  new Map(documents.map(document => [document.id, document]))
const sighting = (path: string, content: number): Sighting => ({ path, bytes: content, modifiedAt: content })
const noted = (path: string, content: number): FolderFile => ({
  ...sighting(path, content),
  documents: [idOf(content)],
})
const all = (found: Sighting[]) => ({ found, unseen: [] })
const folder = (...files: FolderFile[]): KnownFolder => ({ id: 'f', files })

describe('a folder that is looked at again', () => {
  it('has its new and its changed files read, and no other', () => {
    const documents = libraryOf(documentOf(1, 'f/a', 'f'), documentOf(2, 'f/b', 'f'))
    const known = [folder(noted('f/a', 1), noted('f/b', 2))]
    const found = all([sighting('f/c', 4), sighting('f/a', 1), sighting('f/b', 3)])
    const { read, gone } = compareFolder(found, known, 'f', documents)
    expect([...read]).toEqual([
      ['f/b', [idOf(2)]],
      ['f/c', []],
    ])
    expect(gone).toEqual([])
  })

  it('knows which documents another file has too, unless that one is gone', () => {
    const known = [folder(noted('f/a', 1), noted('f/copy', 1), { ...noted('f/gone', 2), gone: true })]
    expect(hasElsewhere(known, 'f', 'f/a', idOf(1))).toBe(true)
    expect(hasElsewhere(known, 'g', 'f/a', idOf(1))).toBe(true)
    expect(hasElsewhere(known, 'f', 'f/a', idOf(2))).toBe(false)
    expect(hasElsewhere([folder(noted('f/a', 1))], 'f', 'f/a', idOf(1))).toBe(false)
  })

  it('replaces a file that was dropped with the folder before, and not one that was added by itself', () => {
    const documents = libraryOf(documentOf(1, 'f/a', undefined), documentOf(2, 'b', undefined))
    const known = [folder(noted('f/a', 1), noted('f/b', 2))]
    const { read } = compareFolder(all([sighting('f/a', 3), sighting('f/b', 4)]), known, 'f', documents)
    expect([...read.values()]).toEqual([[idOf(1)], []])
  })

  it('reads a file again whose documents were stored but which had not been noted', () => {
    const documents = libraryOf(documentOf(1, 'f/a', 'f'))
    const { read } = compareFolder(all([sighting('f/a', 1)]), [folder()], 'f', documents)
    expect([...read]).toEqual([['f/a', [idOf(1)]]])
  })

  it('says nothing of what it could not look at', () => {
    const known = [folder(noted('f/shut/a', 1), noted('f/shut.txt', 2), noted('f/shutter', 3))]
    const seen = { found: [], unseen: ['f/shut', 'f/shut.txt'] }
    const { gone } = compareFolder(seen, known, 'f', libraryOf())
    expect(gone.map(file => file.path)).toEqual(['f/shutter'])
  })

  it('does not count a file that was moved among what is gone', () => {
    const documents = libraryOf(documentOf(1, 'f/old', 'f'), documentOf(2, 'f/x', 'f'))
    const gone = { gone: true as const }
    const known = folder({ ...noted('f/old', 1), ...gone }, noted('f/new', 1), {
      ...noted('f/x', 2),
      ...gone,
    })
    expect(goneFrom([known], 'f', documents)).toEqual({ paths: ['f/x'], documents: [idOf(2)] })
  })

  it('owns what no other folder has and nobody dropped by itself', () => {
    const documents = libraryOf(
      documentOf(1, 'f/a', 'f'),
      documentOf(2, 'f/b', 'f'),
      documentOf(3, 'c', undefined),
      documentOf(4, 'f/d', 'f'),
    )
    const known = [
      folder(noted('f/a', 1), noted('f/b', 2), noted('f/c', 3)),
      { id: 'g', files: [noted('g/b', 2)] },
    ]
    expect(documentsFrom(known, 'f', documents)).toEqual([idOf(1), idOf(4)])
  })
})

/** A disk: which content each path has. */
const disk = fc.dictionary(
  fc.constantFrom('f/a', 'f/b', 'f/c', 'f/d/e', 'f/d/f'),
  fc.integer({ min: 1, max: 6 }),
)

/** What the verbs of the app do with a difference: read in order, replace, note. */
function look(
  state: { files: Map<string, FolderFile>; documents: Map<DocumentId, LibraryDocument> },
  now: object,
) {
  const found = Object.entries(now).map(([path, content]) => sighting(path, Number(content)))
  const known = [{ id: 'f', files: [...state.files.values()] }]
  const { read, gone } = compareFolder(all(found), known, 'f', state.documents)
  for (const file of gone) state.files.set(file.path, file)
  for (const [path, replaces] of read) {
    const content = found.find(file => file.path === path)?.bytes ?? 0
    const id = idOf(content)
    if (!state.documents.has(id)) state.documents.set(id, documentOf(content, path, 'f'))
    for (const old of replaces) {
      if (old !== id && !hasElsewhere([{ id: 'f', files: [...state.files.values()] }], 'f', path, old))
        state.documents.delete(old)
    }
    state.files.set(path, noted(path, content))
  }
  return [...read.keys()]
}

describe('any changes of a folder', () => {
  it('leave the documents of the files that are there, and of those that are gone until they are forgotten', () => {
    fc.assert(
      fc.property(fc.array(disk, { minLength: 1, maxLength: 6 }), disks => {
        const state = {
          files: new Map<string, FolderFile>(),
          documents: new Map<DocumentId, LibraryDocument>(),
        }
        let before: Record<string, number> = {}
        for (const now of disks) {
          const read = look(state, now)
          const differing = Object.keys(now).filter(path => now[path] !== before[path])
          for (const path of read) expect(differing).toContain(path)
          before = now
          expect(look(state, now)).toEqual([])
          for (const content of Object.values(now)) expect(state.documents.has(idOf(content))).toBe(true)
        }
        const known = [{ id: 'f', files: [...state.files.values()] }]
        for (const id of goneFrom(known, 'f', state.documents).documents) state.documents.delete(id)
        const there = new Set(Object.values(before).map(idOf))
        expect(new Set(state.documents.keys())).toEqual(there)
      }),
      { seed: 5, numRuns: 200 },
    )
  })
})
