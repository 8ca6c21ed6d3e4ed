import { describe, expect, it } from 'vitest'
import { isBroken, type BrokenEntry, zipEntries } from './zip-entries.ts'
import { fixtureArchive, fixtureBytes } from '../../../tools/fixtures/fixture-bytes.ts'
import { makeZip, blobOf } from '../../../tools/fixtures/make-zip.ts'
import { officeKind, readOffice } from './read-office.ts'

/** A compound file with nothing but the names of its streams. */
function compound(...streams: string[]): Blob {
  const records = streams.map(name => {
    const record = Buffer.alloc(128)
    record.write(name, 'utf16le')
    record.writeUInt16LE(2 * name.length + 2, 64)
    record.writeUInt8(2, 66)
    return record
  })
  return new Blob([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(504), ...records])
}

/** What an archive gives: the paths of its files, and what is broken. */
async function all(name: string) {
  const paths: string[] = []
  const broken: BrokenEntry[] = []
  for await (const file of zipEntries(blobOf(fixtureBytes(name)))) {
    if (isBroken(file)) broken.push(file)
    else paths.push(file.path)
  }
  return { paths, broken }
}

describe('document of an office program', () => {
  it.each([
    ['report.docx', 'docx'],
    ['talk.pptx', 'pptx'],
    ['stock.xlsx', 'xlsx'],
    ['talk.odp', 'odf'],
    ['handbook.epub', 'epub'],
    ['papers.zip', undefined],
  ])('%s is told by what is in it', async (name, kind) => {
    expect(await officeKind(await fixtureArchive(name))).toBe(kind)
  })

  it('is read whatever it is', async () => {
    expect((await readOffice(blobOf(fixtureBytes('talk.odp')))).title).toBe('A talk on ringing')
  })

  it.each<[string, Blob, RegExp]>([
    ['an old text', blobOf(fixtureBytes('report.doc')), /old Word format.* as \.docx/],
    ['an old workbook', blobOf(fixtureBytes('stock.xls')), /old Excel format.* as \.xlsx/],
    ['an old presentation', compound('PowerPoint Document'), /old PowerPoint format/],
    ['a locked document', compound('EncryptionInfo', 'EncryptedPackage'), /protected with a password/],
    ['a message of Outlook', compound('__properties_version1.0'), /Outlook/],
    ['something else of that time', compound('Contents'), /old kind of Office file/],
    ['a plain archive', blobOf(makeZip([{ name: 'a.txt', content: 'a' }])), /an archive, and no document/],
    ['a page', new Blob(['<html>']), /cannot be opened/],
  ])('is refused with advice when it is %s', async (_, blob, sentence) => {
    const refused = readOffice(blob)
    await expect(refused).rejects.toMatchObject({ name: 'UnreadableFile' })
    await expect(refused).rejects.toThrow(sentence)
  })

  it('is refused with advice when it is a binary workbook', async () => {
    const rels = '<R><Relationship Id="a" Type="http://x/officeDocument" Target="xl/workbook.bin"/></R>'
    const files = { '[Content_Types].xml': '<Types/>', '_rels/.rels': rels, 'xl/workbook.bin': 'x' }
    const zip = makeZip(Object.entries(files).map(([name, content]) => ({ name, content })))
    await expect(readOffice(blobOf(zip))).rejects.toThrow(/\.xlsb/)
  })
})

describe('archive of a real program', () => {
  it('gives its files and those of archives in it', async () => {
    expect(await all('papers.zip')).toEqual({
      paths: ['inner.zip/letters/Grüße.md', 'letters/Grüße.md'],
      broken: [],
    })
  })

  it('says when it is locked', async () => {
    const { paths, broken } = await all('locked.zip')
    expect(paths).toEqual([])
    expect(broken).toEqual([{ path: 'handbook.md', reason: '`handbook.md` is protected with a password.' }])
  })
})
