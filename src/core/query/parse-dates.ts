/** Days, months and years as people type them, in the time zone that they live in. */

/** Milliseconds since the epoch: from `from` on, and before `until`. */
export interface DateRange {
  readonly from: number
  readonly until: number
}

const DATE = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/

/** `2024`, `2024-05`, `2024-05-17`, or two of these with `..` in between, of which one may be missing. */
export function parseDates(text: string): DateRange | undefined {
  const [first = '', last, ...rest] = text.split('..')
  if (rest.length > 0) return undefined
  if (last === undefined) return parseDate(first)
  if (first === '' && last === '') return undefined
  const from = first === '' ? -Infinity : parseDate(first)?.from
  const until = last === '' ? Infinity : parseDate(last)?.until
  return from === undefined || until === undefined ? undefined : { from, until }
}

/** What is earlier than all of the day, month or year. */
export function parseBefore(text: string): DateRange | undefined {
  const date = parseDate(text)
  return date && { from: -Infinity, until: date.from }
}

/** What is later than all of the day, month or year. */
export function parseAfter(text: string): DateRange | undefined {
  const date = parseDate(text)
  return date && { from: date.until, until: Infinity }
}

function parseDate(text: string): DateRange | undefined {
  const match = DATE.exec(text)
  if (match === null) return undefined
  const [year, month, day] = match.slice(1).map(part => (part === undefined ? undefined : Number(part)))
  if (year === undefined || (month !== undefined && !(month >= 1 && month <= 12))) return undefined
  if (month === undefined) return { from: startOf(year, 0, 1), until: startOf(year + 1, 0, 1) }
  if (day === undefined) return { from: startOf(year, month - 1, 1), until: startOf(year, month, 1) }
  const daysInMonth = new Date(year, month, 0).getDate()
  if (day < 1 || day > daysInMonth) return undefined
  return { from: startOf(year, month - 1, day), until: startOf(year, month - 1, day + 1) }
}

/** `Date` takes years below 100 for those of the last century. */
function startOf(year: number, month: number, day: number): number {
  const date = new Date(2000, month, day)
  date.setFullYear(year, month, day)
  return date.getTime()
}
