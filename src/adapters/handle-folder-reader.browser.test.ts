import { describe, expect, it } from 'vitest'
import type { FolderHandle } from '../core/folder-state.ts'
import type { UnreadablePart } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { createHandleFolderReader } from './handle-folder-reader.ts'

const reader = createHandleFolderReader()

async function newFolder(): Promise<FileSystemDirectoryHandle> {
  const root = await navigator.storage.getDirectory()
  return root.getDirectoryHandle(`reader-${crypto.randomUUID()}`, { create: true })
}

async function write(folder: FileSystemDirectoryHandle, path: string, text: string): Promise<void> {
  const names = path.split('/')
  const name = names.pop() ?? ''
  let at = folder
  for (const part of names) at = await at.getDirectoryHandle(part, { create: true })
  const writing = await (await at.getFileHandle(name, { create: true })).createWritable()
  await writing.write(text)
  await writing.close()
}

async function readAll(folder: FolderHandle) {
  const files: SourceFile[] = []
  const problems: UnreadablePart[] = []
  let slices = 0
  for await (const slice of reader.read(folder)) {
    slices++
    files.push(...slice.files)
    problems.push(...slice.problems)
  }
  const paths = files.map(({ path }) => path.slice(folder.name.length + 1)).toSorted()
  return { files, problems, slices, paths }
}

describe('a folder by its handle', () => {
  it('gives every file below with its path, less what is hidden', async () => {
    const folder = await newFolder()
    await write(folder, 'a.md', 'Bread')
    await write(folder, 'deep/deeper/b.txt', 'Tea')
    await write(folder, '.git/config', 'x')
    await write(folder, 'deep/.hidden', 'x')
    await write(folder, 'node_modules/pack/index.js', 'x')
    const { files, problems, paths } = await readAll(folder)
    expect(paths).toEqual(['a.md', 'deep/deeper/b.txt'])
    expect(problems).toEqual([])
    const bread = files.find(({ name }) => name === 'a.md')
    expect(bread?.path).toBe(`${folder.name}/a.md`)
    expect(bread?.modifiedAt).toBeGreaterThan(0)
    expect(new TextDecoder().decode(await bread?.blob.arrayBuffer())).toBe('Bread')
  })

  it('gives one file by its path, and nothing where there is none', async () => {
    const folder = await newFolder()
    await write(folder, 'deep/deeper/b.txt', 'Tea')
    const path = `${folder.name}/deep/deeper/b.txt`
    const { files } = await readAll(folder)
    expect(await reader.find(folder, path)).toEqual(files[0])
    for (const wrong of [
      `${path}.bak`,
      `${folder.name}/no/b.txt`,
      `${folder.name}/deep`,
      'deep/deeper/b.txt',
    ])
      expect(await reader.find(folder, wrong)).toBeUndefined()
  })

  it('comes in slices when it is large', async () => {
    const folder = await newFolder()
    for (let i = 0; i < 250; i++) await folder.getFileHandle(`${i}.md`, { create: true })
    const { paths, slices } = await readAll(folder)
    expect(new Set(paths).size).toBe(250)
    expect(slices).toBeGreaterThan(1)
  })

  it('says so when it is not there any more', async () => {
    const folder = await newFolder()
    const root = await navigator.storage.getDirectory()
    await root.removeEntry(folder.name)
    await expect(readAll(folder)).rejects.toMatchObject({
      name: 'UnreadableFile',
      message: expect.stringContaining('is not there any more') as string,
    })
  })

  it('ends, and says so, where folders lie in folders without end', async () => {
    const folder = await newFolder()
    let at = folder
    for (let i = 0; i < 105; i++) at = await at.getDirectoryHandle('x', { create: true })
    const { problems, paths } = await readAll(folder)
    expect(problems.map(({ reason }) => reason)).toEqual([
      expect.stringContaining('in more than 100 folders'),
    ])
    expect(paths).toEqual([])
  })

  it('tells about one file that cannot be opened, and goes on', async () => {
    const folder = await newFolder()
    await write(folder, 'a.md', 'Bread')
    await write(folder, 'b.md', 'Tea')
    const open = FileSystemFileHandle.prototype.getFile
    FileSystemFileHandle.prototype.getFile = async function (this: FileSystemFileHandle) {
      if (this.name === 'a.md') throw new DOMException('no', 'NotReadableError')
      return open.call(this)
    }
    const { problems, paths } = await readAll(folder).finally(() => {
      FileSystemFileHandle.prototype.getFile = open
    })
    expect(paths).toEqual(['b.md'])
    expect(problems).toEqual([
      {
        path: `${folder.name}/a.md`,
        reason: `“${folder.name}/a.md” could not be opened (NotReadableError).`,
      },
    ])
  })

  it('is known again, and may be read', async () => {
    const [one, other] = [await newFolder(), await newFolder()]
    const root = await navigator.storage.getDirectory()
    expect(await reader.isSame(one, await root.getDirectoryHandle(one.name))).toBe(true)
    expect(await reader.isSame(one, other)).toBe(false)
    expect(await reader.access(one)).toBe('granted')
  })
})
