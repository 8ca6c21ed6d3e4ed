import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExtractedDocument } from '../../core/ports/extractor.ts'
import type { SourceFile } from '../../core/ports/files.ts'
import { splitIntoPassages } from '../../core/text/split-into-passages.ts'
import { sourceFile } from '../extractor.suite.ts'
import { allOf } from './all-of.suite.ts'
import { readTable, readTableHead } from './read-table.ts'

const all = (file: SourceFile) => allOf(readTable(file))
const passagesOf = (document: ExtractedDocument) =>
  splitIntoPassages(document).map(({ start, end, trail }) => ({
    text: document.text.slice(start, end),
    trail,
  }))

const LONG = 'word '.repeat(30).trim()
const BOOKS = `id,title,price,url,about
b-001,The Sea,12.50,https://books.example/1,${LONG}
b-002,"Salt, and Bread",8.00,https://books.example/2,${LONG}
`

/** A table of `count` short rows. */
const table = (count: number) =>
  sourceFile('big.tsv', ['n\ttext', ...Array.from({ length: count }, (_, i) => `${i}\tword ${i}`)].join('\n'))

describe('a table', () => {
  it('gives each long row a passage of its own, named by its title', async () => {
    const [book, ...others] = await all(sourceFile('books.csv', BOOKS))
    expect(others).toEqual([])
    expect(book).toMatchObject({ title: 'books', mediaType: 'text/csv', bytes: BOOKS.length })
    expect(book && passagesOf(book)).toEqual([
      {
        text: `The Sea\n\nid: b-001\nprice: 12.50\nurl: https://books.example/1\nabout: ${LONG}`,
        trail: ['The Sea'],
      },
      {
        text: `Salt, and Bread\n\nid: b-002\nprice: 8.00\nurl: https://books.example/2\nabout: ${LONG}`,
        trail: ['Salt, and Bread'],
      },
    ])
  })

  it('lets short rows share a passage', async () => {
    const rows = Array.from({ length: 8 }, (_, i) => `Part ${i};${i}.50`)
    const [parts] = await all(sourceFile('parts.csv', ['Name;Price', ...rows].join('\r\n')))
    expect(parts && passagesOf(parts).map(({ trail }) => trail)).toEqual([['Rows 1–7'], ['Part 7']])
    expect(parts?.text).toContain('Name: Part 0 | Price: 0.50\nName: Part 1 | Price: 1.50')
  })

  it('has a document for each 500 rows, which stay the same when it grows', async () => {
    const before = await all(table(1200))
    const after = await all(table(1300))
    expect(before.map(({ path, title }) => [path, title])).toEqual([
      ['rows 1–500', 'big, rows 1–500'],
      ['rows 501–1000', 'big, rows 501–1000'],
      ['rows 1001–1200', 'big, rows 1001–1200'],
    ])
    expect(after.map(({ id }) => id).slice(0, 2)).toEqual(before.map(({ id }) => id).slice(0, 2))
    expect(after[2]?.id).not.toBe(before[2]?.id)
  })

  it('without names of columns is read without them', async () => {
    const [plain] = await all(sourceFile('a.csv', '12,Rope for boats\n13,Tar for boats\n'))
    expect(plain?.text).toBe('Rows 1–2\n\n12 | Rope for boats\n13 | Tar for boats')
  })

  it.each([
    ['Name|Ort\nÄnne|Köln\n', 'Änne\n\nOrt: Köln'],
    ['sep=;\nName;Ort\nÄnne;Köln\n', 'Änne\n\nOrt: Köln'],
    ['Land,2019,2020\nTogo,3,4\nPeru,5,6\n', '2019: 3 | 2020: 4\nLand: Peru'],
    ['Name,Note,Note\nA,b,c\n', 'Note: b\nNote 2: c'],
    ['Name,,x\nA,b,7\n', 'A\n\nColumn 2: b\nx: 7'],
  ])('%j is understood', async (text, row) => {
    expect((await all(sourceFile('a.csv', text)))[0]?.text).toContain(row)
  })

  it('is read in its encoding', async () => {
    const latin = Uint8Array.from('Name;Ort\nJos\u00E9;Le\u00F3n\n', letter => letter.charCodeAt(0))
    expect((await all(sourceFile('a.csv', latin)))[0]?.text).toContain('José\n\nOrt: León')
  })

  it('tells what its columns are read as, and shows its first rows', async () => {
    const { columns, rows } = await readTableHead(sourceFile('books.csv', BOOKS))
    expect(columns.filter(({ use }) => use !== 'text')).toEqual([{ name: 'title', use: 'title' }])
    expect(columns.map(({ name }) => name)).toEqual(['id', 'title', 'price', 'url', 'about'])
    expect(rows).toEqual([
      ['b-001', 'The Sea', '12.50', 'https://books.example/1', LONG],
      ['b-002', 'Salt, and Bread', '8.00', 'https://books.example/2', LONG],
    ])
  })

  it('says which row is damaged', async () => {
    const [table] = await all(sourceFile('a.csv', 'a,b\nx,"y\n'))
    expect(table?.missing?.[0]).toMatch(/^Line 2 of the table is damaged/)
  })

  it('without anything to read is refused', async () => {
    await expect(all(sourceFile('a.csv', 'a,b\n,\n,null\n'))).rejects.toThrow('`a.csv` holds no row')
  })
})

it('a row that fits into a passage is never cut', async () => {
  const value = fc.integer({ min: 0, max: 60 }).map(n => 'word '.repeat(n).trim())
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 40 }), async rows => {
      const lines = rows.map(([a, b], i) => `row${i}x,${a},${b},end${i}x`)
      const [table] = await all(sourceFile('a.csv', `key,first,second,last\n${lines.join('\n')}\n`))
      const passages = table === undefined ? [] : passagesOf(table)
      rows.forEach((_, i) => {
        const holders = passages.filter(({ text }) => text.includes(`row${i}x`) || text.includes(`end${i}x`))
        expect(holders).toHaveLength(1)
      })
    }),
    { seed: 3, numRuns: 25 },
  )
})
