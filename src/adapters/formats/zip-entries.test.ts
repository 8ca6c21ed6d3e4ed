import { describe, expect, it } from 'vitest'
import { makeZip, blobOf, type PackedFile } from '../../../tools/fixtures/make-zip.ts'
import { zipEntries } from './zip-entries.ts'
import type { ZipLimits } from './zip-limits.ts'

/** What comes out, as lines: `path: text` or `path! reason`. */
async function lines(files: readonly PackedFile[], limits: Partial<ZipLimits> = {}): Promise<string[]> {
  const found: string[] = []
  for await (const file of zipEntries(blobOf(makeZip(files)), limits)) {
    found.push(
      'bytes' in file
        ? `${file.path}: ${new TextDecoder().decode(file.bytes)}`
        : `${file.path}! ${file.reason}`,
    )
  }
  return found
}

/** An archive in `depth` others. */
function nested(depth: number): PackedFile[] {
  const inside = [{ name: 'deep.txt', content: 'deep' }]
  return depth === 0 ? inside : [{ name: `${depth}.zip`, content: makeZip(nested(depth - 1)) }]
}

describe('entries of an archive', () => {
  it('are its files, without folders, hidden ones and litter', async () => {
    const names = ['a.txt', 'd/', 'd/b.txt', '__MACOSX/d/._b.txt', '.DS_Store', '.git/config', 'd/Thumbs.db']
    expect(await lines(names.map(name => ({ name, content: name })))).toEqual([
      'a.txt: a.txt',
      'd/b.txt: d/b.txt',
    ])
  })

  it('are those of archives in it as well', async () => {
    expect(await lines(nested(2))).toEqual(['2.zip/1.zip/deep.txt: deep'])
  })

  it('end at the depth that is allowed', async () => {
    const [line, ...others] = await lines(nested(3))
    expect(line).toMatch(/^3\.zip\/2\.zip\/1\.zip! The archive lies in 3 others/)
    expect(others).toEqual([])
  })

  it('get different paths', async () => {
    const names = ['a.txt', 'a\u200E.txt', '../a.txt', 'b', './b', 'a (2).txt']
    const found = await lines(names.map(name => ({ name, content: '' })))
    expect(found).toEqual(['a.txt: ', 'a (2).txt: ', 'a (3).txt: ', 'b: ', 'b (2): ', 'a (2) (2).txt: '])
  })

  it('go on behind one that is broken', async () => {
    const [first, second, third] = await lines([
      { name: 'locked.txt', content: 'x', flags: 1 },
      { name: 'broken.zip', content: 'x' },
      { name: 'fine.txt', content: 'fine' },
    ])
    expect(first).toMatch(/^locked\.txt! `locked\.txt` is protected with a password\./)
    expect(second).toMatch(/^broken\.zip! The archive cannot be opened/)
    expect(third).toBe('fine.txt: fine')
  })

  it('share one budget with those of archives in it', async () => {
    const content = makeZip([{ name: 'x', content: 'x'.repeat(600), stored: true }])
    const zips = ['a.zip', 'b.zip', 'c.zip', 'd.zip'].map(name => ({ name, content }))
    const found = await lines(zips, { totalBytes: 3000 })
    expect(found.length).toBe(3)
    expect(found.at(-1)).toMatch(/! The archive unpacks to more than/)
  })

  it('share one count of entries with those of archives in it', async () => {
    const content = makeZip([1, 2, 3].map(i => ({ name: `${i}`, content: 'x' })))
    const zips = ['a.zip', 'b.zip', 'c.zip', 'd.zip'].map(name => ({ name, content }))
    const found = await lines(zips, { entries: 8 })
    expect(found.length).toBe(4)
    expect(found.at(-1)).toMatch(/^b\.zip! The archive holds more than 8 files/)
  })
})
