import { describe, expect, it } from 'vitest'
import { readDroppedFiles, readDroppedFolders, readFolder } from './read-dropped-files.ts'

type Tree = { readonly [name: string]: Tree | 'file' | 'locked' }

/** Entries as a dropped folder has them: `readEntries` gives at most 100 at a time. */
function folderEntry(path: string, tree: Tree): FileSystemDirectoryEntry {
  const entries = Object.entries(tree).map(([name, child]) =>
    typeof child === 'string'
      ? fileEntry(`${path}/${name}`, child === 'locked')
      : folderEntry(`${path}/${name}`, child),
  )
  const createReader = () => {
    let at = 0
    return {
      readEntries(found: (entries: FileSystemEntry[]) => void) {
        found(entries.slice(at, at + 100))
        at += 100
      },
    }
  }
  return entry(path, { isDirectory: true, isFile: false, createReader }) as FileSystemDirectoryEntry
}

function fileEntry(path: string, locked: boolean): FileSystemEntry {
  function file(found: (file: File) => void, failed: (error: DOMException) => void): void {
    if (locked) failed(new DOMException('locked', 'NotReadableError'))
    else found(new File(['text'], path.split('/').at(-1) ?? ''))
  }
  return entry(path, { isDirectory: false, isFile: true, file })
}

function entry(path: string, rest: object): FileSystemEntry {
  return { name: path.split('/').at(-1), fullPath: path, ...rest } as FileSystemEntry
}

async function pathsOf(tree: Tree): Promise<string[]> {
  const files = await readFolder(folderEntry('/notes', tree))
  return files.map(file => file.path).toSorted()
}

const item = (path: string, more: object) => ({
  kind: 'file',
  webkitGetAsEntry: () => (path === '/a.md' ? entry(path, { isDirectory: false }) : folderEntry(path, {})),
  ...more,
})

describe('dropped files', () => {
  it('keep their path below the dropped folder', async () => {
    const paths = await pathsOf({ 'a.md': 'file', deep: { deeper: { 'b.md': 'file' } }, empty: {} })
    expect(paths).toEqual(['notes/a.md', 'notes/deep/deeper/b.md'])
  })

  it('are all found in a folder of more than a hundred', async () => {
    const many = Object.fromEntries(Array.from({ length: 250 }, (_, i) => [`${i}.md`, 'file' as const]))
    expect(await pathsOf(many)).toHaveLength(250)
  })

  it('leave out hidden files, packages, and what cannot be opened', async () => {
    const paths = await pathsOf({
      '.DS_Store': 'file',
      '.git': { config: 'file' },
      node_modules: { 'a.md': 'file' },
      'locked.md': 'locked',
      'open.md': 'file',
    })
    expect(paths).toEqual(['notes/open.md'])
  })

  it('come with a handle of each folder, where the browser gives one', async () => {
    const root = await navigator.storage.getDirectory()
    const notes = await root.getDirectoryHandle('dropped-notes', { create: true })
    const items = [
      item('/a.md', { getAsFileSystemHandle: () => Promise.reject(new Error('nobody asks')) }),
      item('/notes', { getAsFileSystemHandle: async () => notes }),
      item('/locked', {
        getAsFileSystemHandle: () => Promise.reject(new DOMException('no', 'NotAllowedError')),
      }),
      item('/other', {}),
    ]
    expect(await readDroppedFolders({ items } as unknown as DataTransfer)).toEqual([notes])
  })

  it('are read from the transfer of a real drop', async () => {
    const transfer = new DataTransfer()
    transfer.items.add(new File(['one'], 'one.md'))
    transfer.items.add(new File(['two'], 'two.md'))
    transfer.items.add('some text', 'text/plain')
    const files = await readDroppedFiles(transfer)
    expect(files.map(file => [file.name, file.path])).toEqual([
      ['one.md', 'one.md'],
      ['two.md', 'two.md'],
    ])
  })
})
