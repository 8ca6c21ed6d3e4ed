/** Ranges that are written out before the rest is only counted. */
const MOST_RANGES = 6

/** `Page 3`, `Pages 3, 5–9`; a long list ends with `and 12 more`. @param numbers in ascending order */
export function pageList(numbers: readonly number[]): string {
  const ranges: { from: number; to: number }[] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last !== undefined && number === last.to + 1) last.to = number
    else ranges.push({ from: number, to: number })
  }
  const shown = ranges.slice(0, MOST_RANGES)
  const rest = ranges.slice(MOST_RANGES).reduce((sum, { from, to }) => sum + to - from + 1, 0)
  const words = shown.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ')
  return `${numbers.length === 1 ? 'Page' : 'Pages'} ${words}${rest > 0 ? ` and ${rest} more` : ''}`
}
