import { describe, expect, it } from 'vitest'
import { makeZip, blobOf, type PackedFile } from '../../../tools/fixtures/make-zip.ts'
import { readDocx } from './read-docx.ts'
import { openZip } from './zip-archive.ts'
import type { Reading } from '../reading.ts'

const p = (text: string, properties = '') =>
  `<w:p><w:pPr>${properties}</w:pPr><w:r><w:t>${text}</w:t></w:r></w:p>`
const styled = (text: string, style: string) => p(text, `<w:pStyle w:val="${style}"/>`)
const rel = (type: string, target: string) =>
  `<Relationship Id="${type}" Type="http://x/relationships/${type}" Target="${target}"/>`

const run = (text: string) => `<w:r><w:t>${text}</w:t></w:r>`
const box = (text: string) => `<w:txbxContent>${p(text)}</w:txbxContent>`
const cell = (inside: string) => `<w:tc>${inside}</w:tc>`
const row = (...cells: string[]) => `<w:tr>${cells.map(cell).join('')}</w:tr>`
const table = (...rows: string[]) => `<w:tbl>${rows.join('')}</w:tbl>`

async function read(body: string, parts: Readonly<Record<string, string>> = {}, head = ''): Promise<Reading> {
  const files: PackedFile[] = [
    { name: '_rels/.rels', content: `<R>${rel('officeDocument', '/word/document.xml')}</R>` },
    {
      name: 'word/_rels/document.xml.rels',
      content: `<R>${['styles', 'footnotes', 'numbering'].map(type => rel(type, `${type}.xml`)).join('')}</R>`,
    },
    {
      name: 'word/document.xml',
      stored: true,
      content: `${head}<w:document><w:body>${body}</w:body></w:document>`,
    },
    ...Object.entries(parts).map(([name, content]) => ({ name, content })),
  ]
  return readDocx(await openZip(blobOf(makeZip(files))))
}

async function texts(body: string, parts?: Readonly<Record<string, string>>): Promise<string[]> {
  return (await read(body, parts)).blocks.map(({ text }) => text)
}

describe('Word document', () => {
  it('has headings by outline level, by inherited style, and by names in other languages', async () => {
    const styles = `<w:styles>
      <w:style w:styleId="H2"><w:name w:val="heading 2"/><w:pPr><w:outlineLvl w:val="1"/></w:pPr></w:style>
      <w:style w:styleId="Mine"><w:name w:val="My heading"/><w:basedOn w:val="H2"/></w:style>
      <w:style w:styleId="b3"><w:name w:val="Überschrift 3"/></w:style>
      <w:style w:styleId="Loop"><w:name w:val="Loop"/><w:basedOn w:val="Loop"/></w:style>
      <w:style w:styleId="T"><w:name w:val="Titel"/></w:style>
      <w:style w:styleId="V1"><w:name w:val="toc 1"/></w:style></w:styles>`
    const body = [
      styled('Title', 'T'),
      styled('Contents', 'V1'),
      styled('Inherited', 'Mine'),
      styled('Drei', 'b3'),
      styled('No heading', 'Loop'),
      p('Direct', '<w:outlineLvl w:val="0"/>'),
      p('Body after all', '<w:pStyle w:val="H2"/><w:outlineLvl w:val="9"/>'),
    ]
    const { title, blocks } = await read(body.join(''), { 'word/styles.xml': styles })
    expect(title).toBe('Title')
    expect(blocks).toEqual([
      { text: 'Title', level: 1 },
      { text: 'Inherited', level: 2 },
      { text: 'Drei', level: 3 },
      { text: 'No heading' },
      { text: 'Direct', level: 1 },
      { text: 'Body after all' },
    ])
  })

  it('leaves out what was deleted or moved away, and the codes of fields', async () => {
    const body = `<w:p>${run('a')}<w:del><w:r><w:delText>b</w:delText></w:r></w:del><w:moveFrom>${run('c')}</w:moveFrom>
      <w:ins>${run('d')}</w:ins><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>
      <w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>${p('e')}</w:tc><w:tc>${p('f')}</w:tc></w:tr></w:tbl>`
    expect(await texts(body)).toEqual(['ad'])
  })

  it('shows a text box once, behind its paragraph', async () => {
    const both = `<mc:AlternateContent><mc:Choice>${box('box')}</mc:Choice><mc:Fallback>${box('box')}</mc:Fallback></mc:AlternateContent>`
    expect(await texts(`<w:p><w:r><w:t>a</w:t>${both}</w:r></w:p>${both}${p('b')}`)).toEqual([
      'a',
      'box',
      'box',
      'b',
    ])
  })

  it('reads tables in tables as cells, and tables of one column as paragraphs', async () => {
    const inner = table(row(p('x'), p('y')))
    expect(await texts(table(row(p('a'), p('b') + inner), row(p('c'), '')))).toEqual(['a | b x y\nc | '])
    expect(await texts(table(row(p('a') + p('b'))))).toEqual(['a', 'b'])
  })

  it('expands no entities: a billion laughs stay one', async () => {
    const lols = Array.from({ length: 9 }, (_, i) => `<!ENTITY l${i + 1} "${`&l${i};`.repeat(10)}">`).join('')
    const head = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">${lols}]>`
    expect((await read(p('&l9;'), {}, head)).blocks).toEqual([{ text: '&l9;' }])
  })

  it('tells of embedded files and does not read them', async () => {
    const { missing, blocks } = await read(p('a'), {
      'word/embeddings/sheet.xlsx': 'x',
      'word/vbaProject.bin': 'x',
    })
    expect(missing).toEqual(['A file embedded in it was not read.'])
    expect(blocks).toEqual([{ text: 'a' }])
  })

  it('goes on without parts that are damaged, and says so', async () => {
    const { blocks, missing } = await read(p('a'), {
      'word/styles.xml': '',
      'docProps/core.xml': '<a>'.repeat(300),
    })
    expect(blocks).toEqual([{ text: 'a' }])
    expect(missing).toEqual([
      'Its styles could not be read: A part of the file is damaged: it holds no XML.',
      'Its properties could not be read: The file nests more than 256 levels deep.',
    ])
  })

  it('is refused when its text is missing', async () => {
    const empty = openZip(blobOf(makeZip([{ name: 'a', content: '' }]))).then(readDocx)
    await expect(empty).rejects.toMatchObject({ name: 'UnreadableFile' })
  })
})
