import { deflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { makeZip, blobOf, type PackedFile } from '../../../tools/fixtures/make-zip.ts'
import { openZip, type ZipArchive } from './zip-archive.ts'
import { createZipBudget, type ZipLimits } from './zip-limits.ts'

const text = (bytes: Uint8Array) => new TextDecoder().decode(bytes)

async function open(files: readonly PackedFile[], limits: Partial<ZipLimits> = {}): Promise<ZipArchive> {
  return openZip(blobOf(makeZip(files)), createZipBudget(limits))
}

/** The text of the first entry. */
async function readFirst(archive: ZipArchive): Promise<string> {
  const [entry] = archive.entries
  if (entry === undefined) throw new Error('expected an entry, got none')
  return text(await archive.read(entry))
}

const gone = () => Promise.reject(new DOMException('gone', 'NotReadableError'))

function unreadable(sentence: RegExp) {
  return expect.objectContaining({ name: 'UnreadableFile', message: expect.stringMatching(sentence) })
}

describe('zip archive', () => {
  it('gives back what was packed, stored or deflated, with or without large numbers', async () => {
    const file = fc.record({
      name: fc.stringMatching(/^[a-z]{1,8}$/),
      content: fc.uint8Array({ maxLength: 3000 }),
      stored: fc.boolean(),
    })
    const zips = fc.record({
      files: fc.array(file, { maxLength: 8 }),
      zip64: fc.boolean(),
      comment: fc.boolean(),
    })
    await fc.assert(
      fc.asyncProperty(zips, async ({ files, zip64, comment }) => {
        const zip = makeZip(files, { zip64, comment: comment ? 'PK\x05\x06 a comment' : '' })
        const archive = await openZip(blobOf(zip))
        const contents = await Promise.all(archive.entries.map(entry => archive.read(entry)))
        expect(archive.entries.map(entry => entry.path)).toEqual(files.map(file => file.name))
        expect(contents).toEqual(files.map(file => Uint8Array.from(file.content)))
      }),
      { seed: 5, numRuns: 40 },
    )
  })

  it('reads an archive behind a program that unpacks itself', async () => {
    const zip = makeZip([{ name: 'a.txt', content: 'hello' }])
    const archive = await openZip(new Blob([new Uint8Array(5000), zip]))
    expect(await readFirst(archive)).toBe('hello')
  })

  it('reads only the end of the file and what is asked for', async () => {
    const big = { name: 'big', content: new Uint8Array(8_000_000), stored: true }
    const blob = blobOf(makeZip([big, { name: 'small', content: 'here' }, big]))
    let read = 0
    const counted = {
      size: blob.size,
      type: '',
      arrayBuffer: () => Promise.reject(new Error('read whole')),
      slice(start: number, end: number) {
        read += end - start
        return blob.slice(start, end)
      },
    }
    const archive = await openZip(counted)
    const entry = archive.entry('SMALL')
    expect(entry && text(await archive.read(entry))).toBe('here')
    expect(read).toBeLessThan(2_500_000)
  })

  it('cleans names that lead elsewhere or hide something', async () => {
    const hostile = [
      '../../etc/passwd',
      '/abs/./x',
      'C:\\Temp\\a.txt',
      'evil\u202Efdp.exe',
      'a\0b\n.txt',
      '..',
      'dir/',
    ]
    const archive = await open(hostile.map(name => ({ name, content: '' })))
    expect(archive.entries.map(entry => entry.path)).toEqual([
      'etc/passwd',
      'abs/x',
      'Temp/a.txt',
      'evilfdp.exe',
      'ab .txt',
      'unnamed 6',
      'dir',
    ])
    expect(archive.entries.map(entry => entry.isFolder)).toEqual([...Array<boolean>(6).fill(false), true])
  })

  it('reads names in UTF-8, said or not, and in code page 437', async () => {
    const names = [Buffer.from('Grüße'), Buffer.from([0x47, 0x72, 0x81, 0xe1, 0x65])]
    const archive = await open([
      { name: 'Grüße', content: '' },
      ...names.map(name => ({ name, content: '' })),
    ])
    expect(archive.entries.map(entry => entry.path)).toEqual(['Grüße', 'Grüße', 'Grüße'])
  })

  it('knows when a file was changed', async () => {
    const archive = await open([{ name: 'a', content: '', modified: 1_700_000_000 }])
    expect(archive.entries[0]?.modifiedAt).toBe(1_700_000_000_000)
  })
})

describe('hostile zip archive', () => {
  const zeros = new Uint8Array(10_000_000)

  it.each<[string, PackedFile, Partial<ZipLimits>, RegExp]>([
    ['a bomb', { name: 'a', content: zeros }, {}, /unpacks to more than 250 times/],
    ['an entry beyond the cap', { name: 'a', content: zeros }, { entryBytes: 2 ** 20 }, /larger than 1 MB/],
    [
      'a size declared too small',
      { name: 'a', content: zeros, size: 10 },
      {},
      /holds more than the archive declares/,
    ],
    [
      'a size declared too large',
      { name: 'a', content: 'abc', size: 10 },
      {},
      /holds less than the archive declares/,
    ],
    ['a total beyond the cap', { name: 'a', content: zeros }, { totalBytes: 1e5 }, /unpacks to more than/],
    ['a wrong checksum', { name: 'a', content: 'abc', crc: 1 }, {}, /checksum does not fit/],
    ['encryption', { name: 'a', content: 'abc', flags: 1 }, {}, /protected with a password/],
    ['another packing', { name: 'a', content: 'abc', method: 14 }, {}, /does not know \(LZMA\)/],
    ['packing without a name', { name: 'a', content: 'abc', method: 77 }, {}, /method 77/],
    [
      'no deflate stream',
      { name: 'a', content: 'abc', packed: Buffer.from([7, 7, 7]) },
      {},
      /cannot be unpacked/,
    ],
    [
      'a stream cut off',
      { name: 'a', content: zeros, packed: deflateRawSync(zeros).subarray(0, 900) },
      {},
      /cannot be unpacked|declares/,
    ],
  ])('refuses %s', async (_, file, limits, sentence) => {
    await expect(readFirst(await open([file], limits))).rejects.toThrow(unreadable(sentence))
  })

  it('stops a bomb as soon as it is known for one', async () => {
    const archive = await open([{ name: 'a', content: zeros }], { ratioFreeBytes: 1e6 })
    let out = 0
    const pour = async () => {
      for (const entry of archive.entries)
        for await (const bytes of archive.stream(entry)) out += bytes.length
    }
    await expect(pour()).rejects.toThrow(unreadable(/bomb/))
    // 250 times the 10 KB that it is packed to.
    expect(out).toBeLessThan(2_600_000)
  })

  it('refuses entries that share their bytes', async () => {
    const shared: PackedFile = { name: 'kernel', content: 'x'.repeat(1000) }
    const archive = await open([
      shared,
      { ...shared, name: 'again', sameAs: 0 },
      { name: 'other', content: 'fine' },
    ])
    const [kernel, again, other] = archive.entries
    if (kernel === undefined || again === undefined || other === undefined)
      throw new Error('expected 3 entries')
    await expect(archive.read(kernel)).rejects.toThrow(unreadable(/shares its bytes/))
    await expect(archive.read(again)).rejects.toThrow(unreadable(/shares its bytes/))
    expect(text(await archive.read(other))).toBe('fine')
  })

  it('refuses more entries than allowed', async () => {
    const files = Array.from({ length: 11 }, (_, i) => ({ name: `${i}`, content: '' }))
    await expect(open(files, { entries: 10 })).rejects.toThrow(unreadable(/more than 10 files/))
  })

  it.each([
    ['nothing', new Uint8Array(0)],
    ['text', new TextEncoder().encode('This is no archive at all, but it goes on for a while.')],
    ['an archive cut off', makeZip([{ name: 'a', content: 'abc' }]).slice(0, -30)],
  ])('refuses %s', async (_, bytes) => {
    await expect(openZip(blobOf(bytes))).rejects.toThrow(unreadable(/cannot be opened/))
  })

  it('says that a file was moved when it cannot be read', async () => {
    const blob = {
      size: 1000,
      type: '',
      arrayBuffer: gone,
      slice: () => ({ size: 0, type: '', arrayBuffer: gone }),
    }
    await expect(openZip(blob)).rejects.toThrow(unreadable(/moved or changed/))
  })
})
