import { readFileSync } from 'node:fs'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf, messageOf } from '../core/errors.ts'
import { describeExtractor, readDocument, readDocuments, readParts, sourceFile } from './extractor.suite.ts'
import { createFileExtractor } from './file-extractor.ts'

describeExtractor('text extractor', createFileExtractor)

const extractor = createFileExtractor()
const bytes = (text: string) => Uint8Array.from(text, c => c.charCodeAt(0))
const extract = (name: string, contents: string | Uint8Array<ArrayBuffer>) =>
  readDocument(extractor, sourceFile(name, contents))
const refusal = async (name: string, contents: string | Uint8Array<ArrayBuffer>) =>
  extract(name, contents).then(
    () => 'read',
    (error: unknown) => messageOf(error),
  )

const goneBlob = {
  size: 7,
  type: '',
  arrayBuffer: () => Promise.reject(new DOMException('gone', 'NotFoundError')),
}

describe('titles', () => {
  test.each([
    ['bread.md', 'Text\n\n## Storage', 'Storage'],
    ['bread.md', '---\ntitle: Loaves\n---\n# Bread', 'Loaves'],
    ['bread.html', '<title>Page</title><h1>Bread</h1>', 'Page'],
    ['bread.html', '<h1>Bread</h1>', 'Bread'],
    ['bread.txt', 'The Loaf\n\nIt is round.', 'The Loaf'],
    ['my.bread.notes.txt', 'it is round and stays so.', 'my.bread.notes'],
    ['.profile', 'export A=1', '.profile'],
    ['../../up.txt', 'it is round.', '../../up'],
    ['a\u202Egol.cod', 'it is round.', 'agol'],
    ['x.html', '<title>\u202E evil \u2066\n title</title><p>x', 'evil title'],
  ])('of %s', async (name, contents, title) => {
    expect((await extract(name, contents)).title).toBe(title)
  })
})

test.each([
  ['a.TXT', 'text', 'text/plain'],
  ['a.log', 'text', 'text/plain'],
  ['a.mdown', 'text', 'text/markdown'],
  ['a.xhtml', '<p>text', 'application/xhtml+xml'],
  ['Makefile', 'all: build', 'text/plain'],
  ['main.rs', 'fn main() {}', 'text/x-rust'],
  ['towers.csv', 'name,height\nNorth,40\nSouth,30', 'text/csv'],
  ['a.json', '{"name": "North"}', 'application/json'],
  ['a.yaml', 'name: North', 'application/yaml'],
  ['page', '<!DOCTYPE html><p>x', 'text/html'],
  ['constructor', 'plain', 'text/plain'],
])('tells the type of %s', async (name, contents, mediaType) => {
  expect((await extract(name, contents)).mediaType).toBe(mediaType)
})

test('reads a page in the charset that it declares', async () => {
  const head = new TextEncoder().encode('<meta charset=windows-1251><p>')
  const { text } = await extract('a.html', new Uint8Array([...head, 0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2]))
  expect(text).toBe('Привет')
})

test('reads text in UTF-16 without a byte order mark', async () => {
  const letter = new Uint8Array(Uint16Array.from('Dear Ada, all is well.', c => c.charCodeAt(0)).buffer)
  expect((await extract('letter.txt', letter)).text).toBe('Dear Ada, all is well.')
})

describe('refuses', () => {
  test.each([
    [
      'torn.pdf',
      bytes('%PDF-1.4'),
      '`torn.pdf` could not be read. This PDF is damaged: it could not be opened.',
    ],
    [
      'really.txt',
      bytes('%PDF-1.4'),
      '`really.txt` could not be read. This PDF is damaged: it could not be opened.',
    ],
    [
      'a.docx',
      bytes('PK\x03\x04rest'),
      '`a.docx` could not be read. The archive cannot be opened: its end is missing; it may be cut off, or be something else.',
    ],
    ['a.bmp', bytes('BM'), '`a.bmp` is an image, which Belfry does not read. The file was skipped.'],
    ['a.dat', bytes('ab\0cd'), '`a.dat` is not text, which Belfry does not read. The file was skipped.'],
    ['a.md', bytes(''), '`a.md` is empty: there is nothing in it to search.'],
    [
      'a.txt',
      bytes(' \n '),
      '`a.txt` holds no text: there is nothing in it to search. The file was skipped.',
    ],
    [
      'a.html',
      bytes('<p hidden>x</p><script>1</script>'),
      '`a.html` holds no text: there is nothing in it to search. The file was skipped.',
    ],
  ])('%s', async (name, contents, sentence) => {
    expect(await refusal(name, contents)).toBe(sentence)
  })

  test('a file that is too large, before it is read', async () => {
    const blob = {
      size: 70 * 1024 * 1024,
      type: '',
      arrayBuffer: () => Promise.reject(new Error('was read')),
      slice: () => new Blob(['# A book']),
    }
    const file = { name: 'big.md', path: 'big.md', modifiedAt: 0, blob }
    const thrown: unknown = await readDocument(extractor, file).catch((error: unknown) => error)
    expect(messageOf(thrown)).toBe(
      '`big.md` is 70 MB large. Belfry reads files of this kind of up to 64 MB. The file was skipped.',
    )
  })

  test('a file that is gone', async () => {
    const blob = { ...goneBlob, slice: () => goneBlob }
    const file = { name: 'gone.txt', path: 'gone.txt', modifiedAt: 0, blob }
    const thrown: unknown = await readDocument(extractor, file).catch((error: unknown) => error)
    expect(codeOf(thrown)).toBe('UnreadableFile')
  })
})

const paragraph = (i: number) => `Paragraph ${i} of a long story. `.repeat(40).trim()

const fixture = (name: string) => {
  const bytes = readFileSync(new URL(`formats/fixtures/${name}`, import.meta.url))
  return sourceFile(name, new Uint8Array(bytes))
}

const message = (body: string) =>
  `From: a@example.org\nTo: b@example.org\nSubject: One in another\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\nSee inside.\n--x\nContent-Type: application/octet-stream; name=inner.eml\nContent-Disposition: attachment; filename=inner.eml\nContent-Transfer-Encoding: base64\n\n${btoa(body)}\n--x--\n`

describe('the formats that people have', () => {
  test.each([
    ['handbook.docx', /wordprocessingml/],
    ['stock.xlsx', /spreadsheetml/],
    ['talk.pptx', /presentationml/],
    ['report.odt', /opendocument\.text/],
    ['handbook.epub', /epub/],
    ['outline.pdf', /pdf/],
    ['office.rtf', /rtf/],
    ['page.mhtml', /multipart/],
    ['ring.py', /python/],
    ['bells.ipynb', /ipynb/],
    ['tour.srt', /subrip/],
    ['ringing.ics', /calendar/],
    ['feed.xml', /xml/],
    ['plan.svg', /svg/],
    ['pier.png', /png/],
    ['belfry.jpg', /jpeg/],
    ['towers.csv', /csv/],
  ])('%s is read', async (name, mediaType) => {
    const { title, text, mediaType: found } = await readDocument(extractor, fixture(name))
    expect(text.length).toBeGreaterThan(50)
    expect(title).not.toBe('')
    expect(found).toMatch(mediaType)
  })

  test('a document is known by its contents when its name is wrong', async () => {
    const { blob } = fixture('handbook.docx')
    const { text } = await readDocument(extractor, { name: 'b.zip', path: 'b.zip', modifiedAt: 0, blob })
    expect(text).toBe((await readDocument(extractor, fixture('handbook.docx'))).text)
  })

  test('pages are said where there are pages', async () => {
    const { pages } = await readDocument(extractor, fixture('outline.pdf'))
    expect(pages?.map(({ page }) => page).slice(0, 2)).toEqual([1, 2])
  })

  test.each(['locked.pdf', 'scanned.pdf', 'report.doc', 'stock.xls', 'mute.jpg'])(
    '%s is refused with a sentence',
    async name => {
      const thrown: unknown = await readDocuments(extractor, fixture(name)).catch((error: unknown) => error)
      expect(codeOf(thrown)).toBe('UnreadableFile')
      expect(messageOf(thrown)).toMatch(/^`\w+\.\w+` could not be read\. .+\.$/)
    },
  )

  test('an archive gives the documents in it, those of archives in it, and says what cannot be read', async () => {
    const parts = await readParts(extractor, fixture('papers.zip'))
    const paths = parts.map(({ path }) => path)
    expect(new Set(paths).size).toBe(paths.length)
    const read = parts.filter(part => 'id' in part)
    expect(read.length).toBeGreaterThan(1)
    for (const part of parts) if (!('id' in part)) expect(part.reason).toMatch(/\.$/)
  })

  test('a mailbox gives its messages, and a message what was sent with it', async () => {
    const parts = await readDocuments(extractor, fixture('box.mbox'))
    expect(parts.length).toBeGreaterThan(1)
    expect(parts[0]?.path).toMatch(/^0001 .+\.eml$/)
    expect(parts.every(({ mediaType }) => mediaType !== 'application/mbox')).toBe(true)
    const [letter, ...files] = await readParts(extractor, fixture('letter.eml'))
    expect(letter && 'id' in letter && letter.path).toBeUndefined()
    expect(files.length).toBeGreaterThan(0)
  })

  test('what lies too deep in other files is told, and not opened', async () => {
    let deep = message('From: a@example.org\nTo: b@example.org\nSubject: Last\n\nThe end.')
    for (let i = 0; i < 8; i++) deep = message(deep)
    const parts = await readParts(extractor, sourceFile('deep.eml', deep))
    expect(parts.length).toBeLessThan(10)
    expect(parts.at(-1)).toMatchObject({ reason: expect.stringContaining('lies in 5 files') as unknown })
  })
})

describe('a long text', () => {
  const text = Array.from({ length: 8000 }, (_, i) => paragraph(i)).join('\n\n')

  test('is read in parts, between paragraphs, and nothing is lost', async () => {
    const parts = await readDocuments(extractor, sourceFile('story.txt', text))
    expect(parts.length).toBeGreaterThan(3)
    expect(parts.map(part => part.text).join('\n\n')).toBe(text)
    expect(parts.map(({ path, title }) => [path, title]).slice(0, 2)).toEqual([
      ['part 001', 'story.txt, part 1'],
      ['part 002', 'story.txt, part 2'],
    ])
    expect(new Set(parts.map(({ id }) => id)).size).toBe(parts.length)
  })

  test('keeps characters whole that stand where it is cut', async () => {
    const icons = '😀'.repeat(3_000_000)
    const parts = await readDocuments(extractor, sourceFile('icons.txt', icons))
    expect(parts.map(part => part.text).join('')).toBe(icons)
  })

  test('is read in its encoding', async () => {
    const latin = Uint8Array.from('Une fa\u00E7ade. '.repeat(700_000), letter => letter.charCodeAt(0))
    const [first] = await readDocuments(extractor, sourceFile('long.txt', latin))
    expect(first?.text.slice(0, 11)).toBe('Une façade.')
  })

  test('can be given up half-way', async () => {
    const reading = await extractor.open(sourceFile('story.txt', text))
    await extractor.next(reading)
    await extractor.close(reading)
    await expect(extractor.next(reading)).rejects.toMatchObject({ name: 'UnreadableFile' })
  })
})

describe('hostile input', () => {
  test('is read or refused, never anything else', async () => {
    const fixtures = [
      '---\ntitle: T\n---\n# A\n\n- one *two* `three`\n  - four\n\n| a | b |\n|---|---|\n| c | d |\n\n```js\nlet x\n```\n\n[l](u) ![i](v) <b>html</b> &amp;',
      '<!doctype html><html><head><meta charset="utf-8"><title>T</title></head><body><nav>n</nav><main><h1>H</h1><p>p<pre>x\n y</pre><table><tr><td>1<td>2</table><ul><li>i</ul></main><script>s</script></body></html>',
      'The Title\n\nplain text, naïve 日本語 😀\r\nmore',
    ].map(text => new TextEncoder().encode(text))
    const edit = fc.tuple(fc.nat(), fc.nat(20), fc.uint8Array({ maxLength: 6 }), fc.nat(3))
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...fixtures),
        fc.constantFrom('a.md', 'a.html', 'a.txt', 'a', '..\\..\u202E\0.md'),
        fc.array(edit, { minLength: 1, maxLength: 8 }),
        async (fixture, name, edits) => {
          let mutant = [...fixture]
          for (const [where, cut, insert, times] of edits) {
            const at = where % (mutant.length + 1)
            const copied = mutant.slice(at, at + cut)
            mutant = [
              ...mutant.slice(0, at),
              ...Array.from({ length: times }, () => copied).flat(),
              ...insert,
              ...mutant.slice(at + cut),
            ]
          }
          try {
            const { text, title, headings } = await extract(name, new Uint8Array(mutant))
            expect(text).not.toMatch(/\p{Cs}|\0|\r|\n\n\n/u)
            expect(title).not.toBe('')
            for (const heading of headings) expect(text.startsWith(heading.text, heading.offset)).toBe(true)
          } catch (error) {
            expect(codeOf(error), messageOf(error)).toBe('UnreadableFile')
          }
        },
      ),
      { seed: 6, numRuns: 1500 },
    )
  })

  test.each(['a.txt', 'a.md', 'a.html'])('of five megabytes in one line is read, as %s', async name => {
    const { text } = await extract(name, 'word < & * _ [ '.repeat(350_000))
    expect(text.length).toBeGreaterThan(1_000_000)
  })

  test('of NULs and lone surrogates inside text is cleaned', async () => {
    const broken = new Uint8Array([
      ...new TextEncoder().encode('A long enough line of text\n'),
      0,
      0xed,
      0xa0,
      0x80,
      0x62,
    ])
    expect((await extract('a.txt', broken)).text).not.toMatch(/\0|\p{Cs}/u)
  })
})
