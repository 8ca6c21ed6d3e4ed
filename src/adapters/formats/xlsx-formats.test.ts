import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { numberFormat } from './xlsx-formats.ts'

describe('format of a number', () => {
  it.each([
    ['General', 0.1 + 0.2, '0.3'],
    ['General', 1e21, '1e+21'],
    ['0', 41.7, '42'],
    ['#,##0.00', 1234567.891, '1234567.89'],
    ['0.0%', 0.125, '12.5%'],
    ['0.00\\ [$€-407]', 149.5, '149.50 €'],
    ['"£"#,##0;[Red]-"£"#,##0', -5, '-£5'],
    ['_-* #,##0.00\\ "kg"_-', 3, '3.00 kg'],
    ['0;"a;b"', 7, '7'],
    ['0.00E+00', 12345, '12345'],
    ['# ?/?', 0.5, '0.5'],
    ['@', 7, '7'],
    ['yyyy\\-mm\\-dd', 45250, '2023-11-20'],
    ['d. mmmm yyyy', 1, '1900-01-01'],
    ['d. mmmm yyyy', 61, '1900-03-01'],
    ['[$-407]mmmm\\ yy', 45250, '2023-11-20'],
    ['dd/mm/yyyy hh:mm', 45250.75, '2023-11-20 18:00'],
    ['h:mm AM/PM', 0.3541666667, '08:30'],
    ['mm:ss', 0.000012, '00:00:01'],
    ['[h]:mm', 1.5, '36:00'],
    ['yyyy', -1, '-1'],
    ['yyyy', 1e9, '1000000000'],
  ])('%s shows %d as %s', (code, value, shown) => {
    expect(numberFormat(code).show(value, false)).toBe(shown)
  })

  it('counts from 1904 where the workbook does', () => {
    expect(numberFormat('yyyy-mm-dd').show(0, true)).toBe('1904-01-01')
  })

  it('shows every number in every format as something', () => {
    const code = fc.string({ unit: fc.constantFrom(...Array.from('ymdhs0#?.,%;"\\[]$€-E+ ab_*/@')) })
    fc.assert(
      fc.property(
        code,
        fc.double({ noNaN: true, noDefaultInfinity: true }),
        fc.boolean(),
        (code, value, since1904) => {
          expect(numberFormat(code).show(value, since1904)).toMatch(/\d/)
        },
      ),
      { seed: 5, numRuns: 2000 },
    )
  })
})
