import fc from 'fast-check'
import Papa from 'papaparse'
import { describe, expect, it } from 'vitest'
import { createCsvRows, LONGEST_FIELD } from './csv-rows.ts'

const rowsOf = (pieces: readonly string[], delimiter = ',') => {
  const reader = createCsvRows(delimiter)
  const rows = pieces.flatMap(piece => reader.write(piece))
  return { rows: [...rows, ...reader.end()], broken: reader.broken() }
}

describe('rows of delimited text', () => {
  it.each([
    [
      'a,b\n1,2\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'a,b\r\n1,\r\n',
      [
        ['a', 'b'],
        ['1', ''],
      ],
    ],
    ['a\rb', [['a'], ['b']]],
    ['\n\na\n\n', [['a']]],
    ['"a, b","c\nd"\n', [['a, b', 'c\nd']]],
    ['"say ""hi""",""\n', [['say "hi"', '']]],
    ['""""', [['"']]],
    ['""', [['']]],
    ['5" pipe,"6"" pipe"', [['5" pipe', '6" pipe']]],
    ['"a" b,c', [['a b', 'c']]],
  ])('%j are read', (text, rows) => {
    expect(rowsOf([text]).rows).toEqual(rows)
  })

  it('are the same as another program reads, however the text is cut', () => {
    const value = fc.string({ unit: fc.constantFrom('a', 'é', ' ', ',', ';', '"', '\n', '😀') })
    const row = fc.array(value, { minLength: 2, maxLength: 4 })
    const cuts = fc.array(fc.nat({ max: 60 }), { maxLength: 4 })
    fc.assert(
      fc.property(fc.array(row, { minLength: 1, maxLength: 5 }), cuts, (table, places) => {
        const text = Papa.unparse(table, { newline: '\n' })
        const at = [0, ...places.toSorted((a, b) => a - b), text.length]
        const pieces = at.slice(1).map((end, i) => text.slice(at[i], end))
        expect(rowsOf(pieces).rows).toEqual(Papa.parse(text, { newline: '\n', delimiter: ',' }).data)
      }),
      { seed: 11, numRuns: 400 },
    )
  })

  it('go on behind a quotation mark that is never closed', () => {
    const { rows, broken } = rowsOf(['a,b\n"c,d\n', 'x'.repeat(LONGEST_FIELD), ',e\nf,g\n'])
    expect(rows.at(-1)).toEqual(['f', 'g'])
    expect(broken).toBe(2)
    expect(rowsOf(['a,"b']).broken).toBe(1)
    expect(rowsOf(['a,"b"\n']).broken).toBeUndefined()
  })

  it('are bounded in their fields', () => {
    expect(rowsOf([','.repeat(100_000)]).rows[0]?.length).toBe(16_384)
  })
})
