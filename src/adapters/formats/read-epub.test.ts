import { describe, expect, it } from 'vitest'
import { makeZip, blobOf } from '../../../tools/fixtures/make-zip.ts'
import { readEpub } from './read-epub.ts'
import { openZip } from './zip-archive.ts'

const CONTAINER = '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>'
const html = (body: string) =>
  `<html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body>${body}</body></html>`
const point = (src: string, label: string, inner = '') =>
  `<navPoint><navLabel><text>${label}</text></navLabel><content src="${src}"/>${inner}</navPoint>`
const lock = (uri: string, algorithm: string) => ({
  'META-INF/encryption.xml': `<encryption><enc:EncryptedData><enc:EncryptionMethod Algorithm="${algorithm}"/><enc:CipherData><enc:CipherReference URI="${uri}"/></enc:CipherData></enc:EncryptedData></encryption>`,
})

async function read(chapters: Record<string, string>, more: Record<string, string> = {}) {
  const names = Object.keys(chapters)
  const items = names.map((name, i) => `<item id="i${i}" href="${encodeURIComponent(name)}"/>`).join('')
  const refs = names
    .map((_, i) => `<itemref idref="i${i}"/>`)
    .toReversed()
    .join('')
  const metadata =
    '<dc:title>A book</dc:title><dc:creator>Ada</dc:creator><dc:creator>Bruno</dc:creator><dc:date>2024-03</dc:date>'
  const opf = `<package><metadata>${metadata}</metadata><manifest>${items}<item id="n" href="toc.ncx" media-type="application/x-dtbncx+xml"/></manifest><spine>${refs}<itemref idref="i0"/></spine></package>`
  const parts = {
    'META-INF/container.xml': CONTAINER,
    'OEBPS/book.opf': opf,
    ...Object.fromEntries(Object.entries(chapters).map(([name, body]) => [`OEBPS/${name}`, html(body)])),
    ...more,
  }
  const files = Object.entries(parts).map(([name, content]) => ({ name, content }))
  return readEpub(await openZip(blobOf(makeZip(files))))
}

describe('electronic book', () => {
  it('has its chapters in reading order, each once, and says who wrote it and when', async () => {
    const reading = await read({
      'z end.xhtml': '<h1>End</h1><p>over</p>',
      'start.xhtml': '<h1>Start</h1><p>go</p>',
    })
    expect(reading).toEqual({
      title: 'A book',
      authors: ['Ada', 'Bruno'],
      writtenAt: Date.UTC(2024, 2, 1),
      blocks: [{ text: 'Start', level: 1 }, { text: 'go' }, { text: 'End', level: 1 }, { text: 'over' }],
    })
  })

  it('takes the titles of chapters without headings from the contents', async () => {
    const ncx = `<ncx><navMap>${point('a.xhtml', 'One', point('a.xhtml#b', 'Part', point('b%20c.xhtml', 'Two')))}</navMap></ncx>`
    const { blocks } = await read(
      { 'b c.xhtml': '<p>b</p>', 'a.xhtml': '<p>a</p>' },
      { 'OEBPS/toc.ncx': ncx },
    )
    expect(blocks).toEqual([
      { text: 'One', level: 1 },
      { text: 'a' },
      { text: 'Two', level: 1 },
      { text: 'b' },
    ])
  })

  it('reads elements that XHTML closes at once', async () => {
    const body = '<p>a<a id="x"/>b<br/>c<img src="x" alt="d"/></p><script src="x"/><style/><p>e</p>'
    expect((await read({ 'a.xhtml': body })).blocks.map(({ text }) => text)).toEqual(['ab\ncd', 'e'])
  })

  it('is refused when its chapters are locked, but not when only its fonts are scrambled', async () => {
    const aes = 'http://www.w3.org/2001/04/xmlenc#aes128-cbc'
    const chapter = { 'a.xhtml': '<p>a</p>' }
    const locked = read(chapter, lock('OEBPS/a.xhtml', aes))
    await expect(locked).rejects.toMatchObject({ name: 'UnreadableFile' })
    await expect(locked).rejects.toThrow(/locked by the shop/)
    const scrambled = await read(chapter, lock('OEBPS/a.ttf', 'http://www.idpf.org/2008/embedding'))
    expect(scrambled.blocks).toEqual([{ text: 'a' }])
  })

  it('goes on behind a chapter that is missing, and says so', async () => {
    const more = {
      'OEBPS/book.opf':
        '<p><manifest><item id="a" href="a"/><item id="b" href="b"/></manifest><spine><itemref idref="a"/><itemref idref="b"/></spine></p>',
    }
    const { blocks, missing } = await read({ b: '<p>b</p>' }, more)
    expect(blocks).toEqual([{ text: 'b' }])
    expect(missing).toEqual(['Chapter 1 could not be read: `OEBPS/a` is missing.'])
  })
})
