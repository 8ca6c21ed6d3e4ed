const DATE =
  /^(\d{4})[-/:.]?(\d{2})[-/:.]?(\d{2})(?:[T ]\s?(\d{2}):?(\d{2})(?::?(\d{2})(?:[.,]\d{1,9})?)?\s?(Z|[+-]\d{2}:?\d{2})?)?/
const MINUTE = 60_000

/**
 * A date as programs write it into files (ISO 8601, EXIF, iCalendar: `2024-05-01`, `2024:05:01 10:11:12`,
 * `20240501T101112Z`), in milliseconds since the epoch; without a zone it is taken for UTC. `undefined` for anything else.
 */
export function writtenDate(text: string): number | undefined {
  const match = DATE.exec(text.trim().slice(0, 40))
  if (match === null) return undefined
  const [year, month, day, hour, minute, second] = match.slice(1, 7).map(part => Number(part ?? 0))
  if (!year || !month || month > 12 || !day || day > 31) return undefined
  const time = Date.UTC(year, month - 1, day, hour, minute, second)
  return time - zoneOf(match[7] ?? 'Z')
}

function zoneOf(zone: string): number {
  const match = /^([+-])(\d{2}):?(\d{2})$/.exec(zone)
  if (match === null) return 0
  const minutes = 60 * Number(match[2]) + Number(match[3])
  return (match[1] === '-' ? -minutes : minutes) * MINUTE
}
