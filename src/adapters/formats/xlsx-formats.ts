import { attributeOf, childAt, childrenOf, type XmlElement } from './xml-element.ts'

/** Gives a cell's number as its format shows it, or nearly so. */
export interface NumberFormat {
  readonly isDate: boolean
  /** `since1904`: dates are counted from 1904, as old programs for the Macintosh did. */
  show(value: number, since1904: boolean): string
}

const GENERAL: NumberFormat = { isDate: false, show: plainNumber }

/** Formats that have a number and no code in the file (ECMA-376, 18.8.30); the East Asian ones are all dates. */
const BUILT_IN: Readonly<Record<number, string>> = {
  1: '0',
  2: '0.00',
  3: '#,##0',
  4: '#,##0.00',
  9: '0%',
  10: '0.00%',
  14: 'yyyy-mm-dd',
  15: 'yyyy-mm-dd',
  16: 'yyyy-mm-dd',
  17: 'yyyy-mm-dd',
  18: 'hh:mm',
  19: 'hh:mm:ss',
  20: 'hh:mm',
  21: 'hh:mm:ss',
  22: 'yyyy-mm-dd hh:mm',
  45: 'mm:ss',
  46: '[h]:mm:ss',
  47: 'mm:ss',
}
/** Excel's own limit. */
const LONGEST_CODE = 255
const DAY = 86_400
const DAYS_TO_1970 = 25_569
const DAYS_TO_1904 = 1462
/** The last day of the year 9999. */
const LAST_DAY = 2_958_465

/** The formats of cells, by the number of their style, from `styles.xml`. */
export function numberFormats(tree: XmlElement | undefined): readonly NumberFormat[] {
  const codes = new Map<number, string>()
  for (const format of childrenOf(childAt(tree, 'numFmts'), 'numFmt')) {
    codes.set(Number(attributeOf(format, 'numFmtId')), attributeOf(format, 'formatCode') ?? '')
  }
  const known = new Map<string, NumberFormat>()
  return childrenOf(childAt(tree, 'cellXfs'), 'xf').map(style => {
    const code = codeOf(Number(attributeOf(style, 'numFmtId') ?? 0), codes)
    const format = known.get(code) ?? numberFormat(code)
    known.set(code, format)
    return format
  })
}

function codeOf(id: number, codes: ReadonlyMap<number, string>): string {
  const isEastAsian = (id >= 27 && id <= 36) || (id >= 50 && id <= 58)
  return codes.get(id) ?? BUILT_IN[id] ?? (isEastAsian ? 'yyyy-mm-dd' : 'General')
}

/** By a code like `#,##0.00 [$€-407]`. Of several sections the first is taken, of digits only those behind the point. */
export function numberFormat(code: string): NumberFormat {
  const section = /^(?:"[^"]*"|\\.|[^;"\\])*/.exec(code.slice(0, LONGEST_CODE))?.[0] ?? ''
  if (/^general$/i.test(section.trim())) return GENERAL
  const bare = section.replace(/"[^"]*"|\\.|[_*].|\[\$[^\]]*\]|am\/pm|a\/p/gi, '')
  const elapsed = /\[(?:h+|m+|s+)\]/i.test(bare)
  const letters = bare.replace(/\[[^\]]*\]/g, '')
  const hasTime = elapsed || /[hs]/i.test(letters)
  const hasDate = /[yd]/i.test(letters) || (!hasTime && /m/i.test(letters))
  if (hasDate || hasTime) return dateFormat(hasDate, hasTime, elapsed)
  return /[0#?]/.test(letters) && !/e[+-]|\//i.test(letters) ? decimalFormat(section) : GENERAL
}

function dateFormat(hasDate: boolean, hasTime: boolean, elapsed: boolean): NumberFormat {
  return {
    isDate: true,
    show(value, since1904) {
      const days = value + (since1904 ? DAYS_TO_1904 : 0)
      if (days < 0 || days > LAST_DAY) return plainNumber(value)
      if (elapsed) return clock(Math.round(value * DAY))
      // The first spreadsheet took 1900 for a leap year, and all others since.
      const seconds = Math.round((days - DAYS_TO_1970 + (days < 60 ? 1 : 0)) * DAY)
      const date = new Date(seconds * 1000).toISOString().slice(0, 10)
      const time = clock(((seconds % DAY) + DAY) % DAY)
      return hasDate && hasTime ? `${date} ${time}` : hasDate ? date : time
    },
  }
}

/** `08:30`, with seconds when there are any. */
function clock(seconds: number): string {
  const parts = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const shown = seconds % 60 === 0 ? parts.slice(0, 2) : parts
  return shown.map(part => String(part).padStart(2, '0')).join(':')
}

function decimalFormat(section: string): NumberFormat {
  const { before, digits, after, isPercent } = partsOf(section)
  const decimals = Math.min(10, /\.([0#?]+)/.exec(digits)?.[1]?.length ?? 0)
  return {
    isDate: false,
    show(value) {
      const scaled = isPercent ? value * 100 : value
      if (Math.abs(scaled) >= 1e15) return plainNumber(value)
      const text = Math.abs(scaled).toFixed(decimals)
      return `${scaled < 0 && Number(text) !== 0 ? '-' : ''}${before}${text}${after}`
    },
  }
}

/** Words and signs before and behind the digits: `€ `, ` kg`, `%`. */
function partsOf(section: string) {
  let before = ''
  let digits = ''
  let after = ''
  let isPercent = false
  for (const [token, quoted, escaped, currency] of section.matchAll(
    /"([^"]*)"|\\(.)|\[\$([^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].|[0#?.,]+|./g,
  )) {
    if (/^[0#?.,]/.test(token)) {
      digits += token
      after = ''
      continue
    }
    const isSkipped = /^[_*[(]|^\)/.test(token) && currency === undefined
    const sign = quoted ?? escaped ?? currency ?? (isSkipped ? '' : token)
    if (token === '%') isPercent = true
    if (digits === '') before += sign
    else after += sign
  }
  return { before, digits, after, isPercent }
}

/** With the 15 digits that spreadsheets keep: `0.3`, and not `0.30000000000000004`. */
function plainNumber(value: number): string {
  const rounded = Number(value.toPrecision(15))
  return String(Number.isFinite(rounded) ? rounded : value)
}

export function formatAt(formats: readonly NumberFormat[], style: string | undefined): NumberFormat {
  return formats[Number(style ?? 0)] ?? GENERAL
}
