import { describe, expect, it } from 'vitest'
import type { LibraryDocument } from '../document.ts'
import { documentsMatching } from './documents-matching.ts'
import { parseQuery } from './parse-query.ts'

const document = (path: string, mediaType: string, modifiedAt: Date): LibraryDocument => ({
  id: path as LibraryDocument['id'],
  title: path,
  name: path.slice(path.lastIndexOf('/') + 1),
  path,
  mediaType,
  bytes: 1,
  modifiedAt: modifiedAt.getTime(),
  addedAt: 0,
  passageCount: 1,
  firstKey: 0,
  space: 'test' as LibraryDocument['space'],
})

const documents = [
  document('Notes/2024/bells.md', 'text/markdown', new Date(2024, 4, 17)),
  document('notes/towers.HTML', 'text/html', new Date(2023, 0, 1)),
  document('archive/notes.txt', 'text/plain', new Date(2022, 11, 31, 23, 59)),
  document('loose.md', 'text/markdown', new Date(2024, 11, 31, 23, 59)),
]

const matching = (typed: string) =>
  documentsMatching(parseQuery(typed).filters, documents).map(({ name }) => name)

describe('documentsMatching', () => {
  it.each<[string, string[]]>([
    ['bell', ['bells.md', 'towers.HTML', 'notes.txt', 'loose.md']],
    ['type:md', ['bells.md', 'loose.md']],
    ['type:markdown', ['bells.md', 'loose.md']],
    ['type:.md', ['bells.md', 'loose.md']],
    ['type:mark', ['bells.md', 'loose.md']],
    ['type:text', ['notes.txt']],
    ['type:text/html', ['towers.HTML']],
    ['type:txt', ['notes.txt']],
    ['type:html', ['towers.HTML']],
    ['type:md,txt', ['bells.md', 'notes.txt', 'loose.md']],
    ['type:md type:txt', ['bells.md', 'notes.txt', 'loose.md']],
    ['-type:md', ['towers.HTML', 'notes.txt']],
    ['-type:md -type:txt', ['towers.HTML']],
    ['type:pdf', []],
    ['folder:notes', ['bells.md', 'towers.HTML']],
    ['folder:notes/2024', ['bells.md']],
    ['folder:2024', ['bells.md']],
    ['folder:arch', ['notes.txt']],
    ['folder:otes', []],
    ['-folder:notes', ['notes.txt', 'loose.md']],
    ['folder:notes type:html', ['towers.HTML']],
    ['date:2024', ['bells.md', 'loose.md']],
    ['date:2022-12-31', ['notes.txt']],
    ['before:2023', ['notes.txt']],
    ['after:2023', ['bells.md', 'loose.md']],
    ['after:2022 before:2024-06', ['bells.md', 'towers.HTML']],
  ])('%s', (typed, names) => {
    expect(matching(typed)).toEqual(names)
  })
})
