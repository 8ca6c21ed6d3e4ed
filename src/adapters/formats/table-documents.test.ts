import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { ExtractedDocument } from '../../core/ports/extractor.ts'
import { type ColumnUses, type TableChoice, tableKey } from '../../core/table.ts'
import { splitIntoPassages } from '../../core/text/split-into-passages.ts'
import { sourceFile } from '../extractor.suite.ts'
import { readFile } from '../read-file.ts'
import { readHead } from '../read-head.ts'
import { allOf } from './all-of.suite.ts'

const LONG = 'word '.repeat(30).trim()
const COLUMNS = ['key', 'place', 'bell', 'rung', 'about']
const ROWS = [
  ['1', 'Ely', 'tenor', '2024-05-01', LONG],
  ['2', 'York', 'treble', '2024-07-09', LONG],
]
const CSV = [COLUMNS, ...ROWS].map(row => row.join(',')).join('\n')
const OBJECTS = ROWS.map(row => Object.fromEntries(COLUMNS.map((name, i) => [name, row[i]])))
const LINES = OBJECTS.map(object => JSON.stringify(object)).join('\n')
const USES: ColumnUses = [
  ['key', 'nothing'],
  ['place', 'tags'],
  ['bell', 'title'],
  ['rung', 'date'],
]

const choiceOf = (uses: ColumnUses, table = tableKey(COLUMNS, true, '')): TableChoice => ({ table, uses })

async function read(name: string, text: string, ...choices: TableChoice[]): Promise<ExtractedDocument> {
  const [first, ...others] = await allOf(readFile(sourceFile(name, text), choices))
  if (first === undefined || !('id' in first) || others.length > 0) throw new Error('expected one document')
  return first
}

const HEADS = ['tenor · Ely · 2024-05-01', 'treble · York · 2024-07-09']

describe('a table whose columns somebody has chosen', () => {
  it.each([
    ['towers.csv', CSV],
    ['towers.jsonl', LINES],
    ['towers.json', JSON.stringify([...OBJECTS, ...OBJECTS])],
  ])('%s has title, tags and date above each row, and nothing of what is left out', async (name, text) => {
    const document = await read(name, text, choiceOf(USES))
    expect(document.headings.slice(0, 2).map(heading => heading.text)).toEqual(HEADS)
    expect(document.text).toMatch(`${HEADS[0]}\n\nabout: ${LONG}`)
    expect(document.text).not.toMatch(/key|\b1\b/)
    expect(document.writtenAt).toBe(Date.UTC(2024, 6, 9))
  })

  it('is another document than before, and the same one each time that it is read like this', async () => {
    const plain = await read('towers.csv', CSV)
    const chosen = await read('towers.csv', CSV, choiceOf(USES))
    expect(chosen.id).not.toBe(plain.id)
    expect((await read('again.csv', CSV, choiceOf(USES))).id).toBe(chosen.id)
  })

  it('is read as before when the choice is for other columns', async () => {
    const other = choiceOf(USES, tableKey(['key', 'place'], true, ''))
    expect(await read('towers.csv', CSV, other)).toEqual(await read('towers.csv', CSV))
  })

  it('may be read without a title', async () => {
    const { headings } = await read('towers.csv', CSV, choiceOf([]))
    expect(headings.map(({ text }) => text)).toEqual(['Row 1', 'Row 2'])
  })

  it('has what is too long for a heading in its text', async () => {
    const { text, headings } = await read(
      'towers.csv',
      CSV,
      choiceOf([
        ['about', 'title'],
        ['key', 'tags'],
      ]),
    )
    expect(headings[0]?.text).toBe(`${LONG} · 1`)
    const long = CSV.replaceAll('Ely', 'Ely '.repeat(80).trim())
    expect((await read('a.csv', long, choiceOf([['place', 'title']]))).text).toContain('place: Ely Ely')
    expect(text).not.toContain('about:')
  })

  it('is one of its own name where no row names the columns', async () => {
    const text = '12,Rope for boats\n13,Tar for boats\n'
    const head = await readHead(sourceFile('stores.csv', text))
    const choice = { table: head?.table ?? '', uses: [['Column 1', 'nothing']] } as const
    expect((await read('stores.csv', text, choice)).text).toBe('Rows 1–2\n\nRope for boats\nTar for boats')
    expect((await read('other.csv', text, choice)).text).toContain('12 | Rope')
  })

  it('loses no row and no word but those left out, whatever is chosen', async () => {
    const use = fc.constantFrom('title', 'text', 'tags', 'date', 'nothing' as const)
    const words = fc.nat(40).map(n => 'some '.repeat(n))
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(words, words), { minLength: 1, maxLength: 12 }),
        fc.tuple(use, use, use),
        async (rows, [a, b, c]) => {
          const lines = rows.map(([one, other], i) => `first${i}x ${one},second${i}x ${other},third${i}x`)
          const uses: ColumnUses = [
            ['one', a],
            ['two', b],
            ['three', c],
          ]
          const csv = ['one,two,three', ...lines].join('\n')
          if (uses.every(([, of]) => of === 'nothing')) return
          const document = await read(
            'a.csv',
            csv,
            choiceOf(uses, tableKey(['one', 'two', 'three'], true, '')),
          )
          const passages = splitIntoPassages(document).map(({ start, end }) =>
            document.text.slice(start, end),
          )
          for (const [i] of rows.entries()) {
            for (const [n, word] of [`first${i}x`, `second${i}x`, `third${i}x`].entries()) {
              const isLeftOut = uses[n]?.[1] === 'nothing'
              expect(passages.some(text => text.includes(word))).toBe(!isLeftOut)
            }
          }
        },
      ),
      { seed: 5, numRuns: 40 },
    )
  })
})

describe('the beginning of a file', () => {
  it.each([
    ['a.csv', CSV],
    ['a.tsv', CSV.replaceAll(',', '\t')],
    ['a.jsonl', LINES],
    ['a.json', LINES],
    ['a.json', JSON.stringify({ towers: [...OBJECTS, ...OBJECTS] })],
  ])('%s shows its columns, by which it is known', async (name, text) => {
    const head = await readHead(sourceFile(name, text))
    expect(head?.columns.map(column => column.name)).toEqual(COLUMNS)
    expect(head?.rows.slice(0, 2)).toEqual(ROWS.map(row => row.map(value => value.slice(0, 200))))
    expect(head?.table).toBe(tableKey(COLUMNS, true, name))
  })

  it.each([
    ['a.json', '{"one": 1}'],
    ['a.json', 'no JSON'],
    ['a.md', '| a | b |\n|---|---|\n| 1 | 2 |'],
    ['a.csv', ''],
  ])('%s without a table shows none: %j', async (name, text) => {
    expect(await readHead(sourceFile(name, text))).toBeUndefined()
  })
})
