import { describe, expect, it } from 'vitest'
import { makeZip, blobOf } from '../../../tools/fixtures/make-zip.ts'
import { readOdf } from './read-odf.ts'
import { openZip } from './zip-archive.ts'

const p = (text: string) => `<text:p>${text}</text:p>`
const cell = (inside: string, attributes = '') =>
  `<table:table-cell ${attributes}>${inside}</table:table-cell>`
const row = (cells: string, attributes = '') => `<table:table-row ${attributes}>${cells}</table:table-row>`

const heading = (level: number) => `<text:h text:outline-level="${level}">Level ${level}</text:h>`
const sheet = (rows: string) =>
  `<office:spreadsheet><table:table table:name="S">${rows}</table:table></office:spreadsheet>`
const date = (value: string) => cell(p('3/5/24'), `office:value-type="date" office:date-value="${value}"`)
const frame = (text: string, place: string) =>
  `<draw:frame presentation:class="${place}"><draw:text-box>${p(text)}</draw:text-box></draw:frame>`
const slide = (n: number) =>
  `<draw:page>${frame('7', 'page-number')}${frame(`Body ${n}`, 'outline')}${frame(`Title ${n}`, 'title')}</draw:page>`

async function read(body: string, more: Record<string, string> = {}) {
  const content = `<office:document-content><office:body>${body}</office:body></office:document-content>`
  const files = Object.entries({ 'content.xml': content, ...more }).map(([name, content]) => ({
    name,
    content,
  }))
  return readOdf(await openZip(blobOf(makeZip(files))))
}

const texts = async (body: string) => (await read(body)).blocks.map(({ text }) => text)

describe('OpenDocument text', () => {
  it('leaves out tables of contents and what was deleted', async () => {
    const deleted = `<text:tracked-changes><text:changed-region>${p('gone')}</text:changed-region></text:tracked-changes>`
    const contents = `<text:table-of-content><text:index-body>${p('Chapter 1 ... 3')}</text:index-body></text:table-of-content>`
    expect(await texts(`<office:text>${deleted}${contents}${p('here')}</office:text>`)).toEqual(['here'])
  })

  it('has headings by their level, also where chapters are numbered as a list', async () => {
    const list = `<text:list><text:list-item>${heading(9)}</text:list-item></text:list>`
    const styles = '<style:style style:name="P1" style:parent-style-name="Title"/>'
    const { title, blocks } = await read(
      `${styles}${heading(2)}${list}<text:p text:style-name="P1">Called</text:p>`,
    )
    expect(title).toBe('Called')
    expect(blocks).toEqual([
      { text: 'Level 2', level: 2 },
      { text: 'Level 9', level: 6 },
      { text: 'Called', level: 1 },
    ])
  })

  it('keeps the spaces that are written as such, as many as anybody needs', async () => {
    const [text] = await texts(
      p('a \n  b<text:s text:c="999999999"/>c<text:s text:c="-1"/><text:line-break/>d'),
    )
    expect(text).toBe(`a b${' '.repeat(64)}c\nd`)
  })

  it('is refused when it is protected with a password', async () => {
    const manifest = '<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>'
    const refused = read(p('x'), { 'META-INF/manifest.xml': manifest })
    await expect(refused).rejects.toMatchObject({ name: 'UnreadableFile' })
    await expect(refused).rejects.toThrow(/protected with a password/)
  })

  it('tells of objects that it does not read', async () => {
    const { missing } = await read(p('x'), { 'Object 1/content.xml': '<x/>' })
    expect(missing).toEqual(['An object in it (a chart, a formula or another file) was not read.'])
  })
})

describe('OpenDocument spreadsheet', () => {
  it('repeats rows and cells only so often', async () => {
    const often = 'table:number-columns-repeated="16384"'
    const rows = row(cell(p('x'), often), 'table:number-rows-repeated="1048576"')
    const [name, ...body] = await texts(sheet(rows))
    const lines = body.join('\n').split('\n')
    expect(name).toBe('S')
    expect(lines.length).toBe(100)
    expect(lines[0]?.split(' | ').length).toBe(100)
  })

  it('keeps cells in their columns behind empty ones that repeat', async () => {
    const empty = cell('', 'table:number-columns-repeated="2"')
    const three = (value: string) => cell(p(value), 'office:value-type="float" office:value="3"')
    const rows =
      row(cell(p('A')) + empty + cell(p('D'))) + row(cell(p('x')) + empty + three('3')) + row(empty)
    expect(await texts(sheet(rows))).toEqual(['S', 'A | D\nA: x | D: 3'])
  })

  it('writes dates so that nobody can mistake them', async () => {
    expect(await texts(sheet(row(date('2024-03-05') + date('2024-03-05T10:30:00'))))).toEqual([
      'S',
      '2024-03-05 | 2024-03-05 10:30:00',
    ])
  })

  it('leaves out copies of other files', async () => {
    const copy = `<table:table table:name="'file:///a.ods'#S">${row(cell(p('x')))}</table:table>`
    expect(await texts(`<office:spreadsheet>${copy}</office:spreadsheet>`)).toEqual([])
  })
})

describe('OpenDocument presentation', () => {
  it('has a page for each slide, without what stands on all of them', async () => {
    const { blocks } = await read(`<office:presentation>${slide(1)}${slide(2)}</office:presentation>`)
    expect(blocks).toEqual([
      { text: 'Title 1', level: 1, page: 1 },
      { text: 'Body 1', page: 1 },
      { text: 'Title 2', level: 1, page: 2 },
      { text: 'Body 2', page: 2 },
    ])
  })
})
