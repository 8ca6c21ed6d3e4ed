import { type Line, mostCommon, type PageLines } from './pdf-piece.ts'

/** Share of the page, above and below, where headers and footers stand. */
const MARGIN = 0.14
/** Rows at the top and at the bottom that are looked at. */
const ROWS = 3
/** On how many neighbouring pages the same text makes a header; of two pages, both. */
const REPEATS = 3
/** Even and odd pages have headers of their own. */
const REACH = 4

/**
 * Takes headers, footers and page numbers off: lines of the margins that count the pages, or that come again at the same
 * height on neighbouring pages, but for their numbers. One that is set larger than `bodySize` stays where it stands
 * first: it may be a heading.
 */
export function withoutRunningText(pages: readonly PageLines[], bodySize: number): PageLines[] {
  const seen = occurrences(pages)
  const shift = shiftOf(pages)
  const kept = new Set<string>()
  return pages.map((page, index) => {
    const margin = marginLines(page)
    const lines = page.lines.filter(line => {
      if (!margin.has(line)) return true
      const isSmall = line.size < 1.15 * bodySize
      if (isSmall && counts(line, page.page, shift, pages.length)) return false
      const key = keyOf(line, page)
      if (!repeats(seen.get(key) ?? [], index, pages.length)) return true
      if (isSmall || kept.has(key)) return false
      kept.add(key)
      return true
    })
    return { ...page, lines }
  })
}

/** What the printed page numbers are ahead of the file's own, when enough lines of the margins begin or end with them. */
function shiftOf(pages: readonly PageLines[]): number | undefined {
  const shifts: { value: number; characters: number }[] = []
  for (const page of pages) {
    const numbers = new Set([...marginLines(page)].flatMap(numbersAtEnds))
    for (const number of numbers) shifts.push({ value: number - page.page, characters: 1 })
  }
  const shift = mostCommon(shifts)
  const agreeing = shifts.filter(({ value }) => value === shift).length
  return agreeing >= REPEATS && 2 * agreeing >= pages.length ? shift : undefined
}

/** Whether a line is a page number, or carries one beside the name of a chapter. */
function counts(line: Line, page: number, shift: number | undefined, pageCount: number): boolean {
  if (pageCount === 1) return isPageNumber(line)
  return shift !== undefined && numbersAtEnds(line).includes(page + shift)
}

function numbersAtEnds({ cells }: Line): number[] {
  const text = cells.join(' ').trim()
  return [/^\d{1,4}(?!\S)/, /(?<!\S)\d{1,4}$/].flatMap(end => end.exec(text)?.map(Number) ?? [])
}

/** Indexes of the pages that have a line, by its key. */
function occurrences(pages: readonly PageLines[]): Map<string, number[]> {
  const seen = new Map<string, number[]>()
  for (const [index, page] of pages.entries()) {
    for (const key of new Set([...marginLines(page)].map(line => keyOf(line, page)))) {
      const on = seen.get(key)
      if (on === undefined) seen.set(key, [index])
      else on.push(index)
    }
  }
  return seen
}

function marginLines({ lines, height }: PageLines): Set<Line> {
  const byHeight = lines.toSorted((a, b) => a.y - b.y)
  const top = byHeight.slice(0, ROWS).filter(({ y }) => y < MARGIN * height)
  const bottom = byHeight.slice(-ROWS).filter(({ y }) => y > (1 - MARGIN) * height)
  return new Set([...top, ...bottom])
}

/** The text with every number alike, and where it stands: from the top or from the bottom, in steps of 6 points. */
function keyOf({ cells, y }: Line, { height }: PageLines): string {
  const text = cells
    .join(' ')
    .toLowerCase()
    .replace(/\d+/g, '#')
    .replace(/\b[ivxlc]+\b/g, '#')
  const place = y < height / 2 ? Math.round(y / 6) : Math.round((y - height) / 6)
  return `${place} ${text.replace(/\s+/g, ' ')}`
}

function repeats(on: readonly number[], index: number, pageCount: number): boolean {
  const near = on.filter(other => Math.abs(other - index) <= REACH).length
  return near >= Math.min(REPEATS, Math.max(2, pageCount))
}

/** Of a page that stands alone. */
function isPageNumber({ cells }: Line): boolean {
  return /^[-–—\s]*(?:page|seite|página|p\.)?\s*\d{1,4}(?:\s*(?:of|\/|von|de)\s*\d{1,4})?[-–—\s]*$/iu.test(
    cells.join(' '),
  )
}
