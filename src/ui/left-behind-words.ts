import { formatCount } from './numbers.ts'

/** Files named before the rest is only counted. */
const NAMED = 3

/** Says which files nobody has read, and what to do. */
export function leftBehindWords(paths: readonly string[]): string {
  const more = paths.length - NAMED
  const names = [...paths.slice(0, NAMED), ...(more > 0 ? [`${formatCount(more)} more`] : [])].join(', ')
  const files = paths.length === 1 ? 'One file was' : `${formatCount(paths.length)} files were`
  const them = paths.length === 1 ? 'it' : 'them'
  return `${files} not taken in: the tab that was adding ended before it could keep ${them}: ${names}. Add ${them} again.`
}
