import { describe, expect, it } from 'vitest'
import { makeZip, blobOf } from '../../../tools/fixtures/make-zip.ts'
import { readXlsx } from './read-xlsx.ts'
import { openZip } from './zip-archive.ts'

const rel = (id: string, type: string, target: string) =>
  `<Relationship Id="${id}" Type="http://x/relationships/${type}" Target="${target}"/>`
const row = (...cells: string[]) => `<row>${cells.join('')}</row>`
const text = (value: string) => `<c t="inlineStr"><is><t>${value}</t></is></c>`
const number = (value: number) => `<c><v>${value}</v></c>`
const table = (name: string) => row(text(name), text('Number')) + row(text('x'), number(1))

async function read(sheets: readonly string[], more: Record<string, string> = {}) {
  const names = sheets.map((_, n) => `<sheet name="S${n}" sheetId="${n}" r:id="r${n}"/>`)
  const links = sheets.map((_, n) => rel(`r${n}`, 'worksheet', `worksheets/${n}.xml`))
  const parts = {
    'xl/workbook.xml': `<workbook><sheets>${names.join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<R>${links.join('')}${rel('s', 'sharedStrings', 'sharedStrings.xml')}</R>`,
    ...Object.fromEntries(
      sheets.map((rows, n) => [
        `xl/worksheets/${n}.xml`,
        `<worksheet><sheetData>${rows}</sheetData></worksheet>`,
      ]),
    ),
    ...more,
  }
  const files = Object.entries(parts).map(([name, content]) => ({ name, content, stored: true }))
  return readXlsx(await openZip(blobOf(makeZip(files))))
}

async function texts(rows: string, more: Record<string, string> = {}): Promise<string[]> {
  const { blocks } = await read([rows], more)
  return blocks.slice(1).map(block => block.text)
}

describe('Excel workbook', () => {
  it('names the columns in every row of a table', async () => {
    const rows = row(text('Part'), text('Price')) + row(text('Rope'), number(3)) + row('<c/>', number(4))
    expect(await texts(rows)).toEqual(['Part | Price\nPart: Rope | Price: 3\nPrice: 4'])
  })

  it.each([
    ['numbers above numbers', row(number(1), number(2)) + row(number(3), number(4))],
    ['two rows of words', row(text('a'), text('b')) + row(text('c'), text('d'))],
    ['names that repeat', row(text('a'), text('a')) + row(text('c'), number(1))],
    ['a row that is wider', row(text('a'), text('b')) + row(text('c'), number(1), number(2))],
  ])('takes no names from %s', async (_, rows) => {
    expect((await texts(rows)).join('\n')).not.toContain(':')
  })

  it('begins another table behind an empty row', async () => {
    expect(await texts(`${table('A')}<row/>${table('B')}`)).toEqual([
      'A | Number\nA: x | Number: 1',
      'B | Number\nB: x | Number: 1',
    ])
    expect(
      await texts('<row r="1"><c t="str"><v>a</v></c></row><row r="9"><c t="b"><v>1</v></c></row>'),
    ).toEqual(['a', 'TRUE'])
  })

  it('reads shared strings without their pronunciation, and leaves errors out', async () => {
    const strings = '<sst><si><r><t>Gro</t></r><r><t>ße</t></r><rPh><t>x</t></rPh></si></sst>'
    const rows = row('<c t="s"><v>0</v></c>', '<c t="s"><v>7</v></c>', '<c t="e"><v>#N/A</v></c>')
    expect(await texts(rows, { 'xl/sharedStrings.xml': strings })).toEqual(['Große'])
  })

  it('goes on behind a sheet that is damaged, and says so', async () => {
    const { blocks, missing } = await read([row(text('a')), '<a>'.repeat(300), row(text('b'))])
    const shown = blocks.map(({ text, page }) => `${page} ${text}`)
    expect(shown.filter(line => !line.startsWith('2'))).toEqual(['1 S0', '1 a', '3 S2', '3 b'])
    expect(missing).toEqual(['Sheet 2 could not be read: The file nests more than 256 levels deep.'])
  })
})
