import { type Line, most, mostCommon, type PageLines } from './pdf-piece.ts'

/** An entry of a file's outline. */
export interface OutlineEntry {
  readonly title: string
  /** 1 to 6. */
  readonly level: number
  /** From 1. */
  readonly page: number
}

const LONGEST = 200
const MOST_LINES = 3
/** What is larger than running text by this is set as a heading. */
const LARGER = 1.15
const LEVELS = 4

/** The size in which most characters are set; 0 of no lines. */
export function bodySizeOf(pages: readonly PageLines[]): number {
  return dominantOf(pages, ({ size }) => size) ?? 0
}

/** The largest type of the first page with text, where it is plainly larger than the rest of the file. */
export function titleByType(pages: readonly PageLines[]): string | undefined {
  const lines = pages.find(page => page.lines.length > 0)?.lines ?? []
  const size = most(lines.map(line => line.size))
  if (size < 1.3 * bodySizeOf(pages)) return undefined
  const from = lines.findIndex(line => line.size === size)
  const end = lines.findIndex((line, i) => i > from && line.size !== size)
  const title = lines
    .slice(from, end < 0 ? undefined : end)
    .map(({ cells }) => cells.join(' '))
    .join(' ')
  return title.length <= LONGEST && /\p{L}{2}|\p{Lo}/u.test(title) ? title : undefined
}

/**
 * Gives headings their level: by the file's tags where it has any, else where its outline points, else by the size of
 * the type and by numbers or capitals in another font.
 */
export function withHeadings(pages: readonly PageLines[], outline: readonly OutlineEntry[]): PageLines[] {
  if (pages.some(({ lines }) => lines.some(({ level }) => level !== undefined))) return [...pages]
  if (outline.length > 0) {
    const marked = byOutline(pages, outline)
    if (marked !== undefined) return marked
  }
  return byType(pages)
}

/** `undefined` when hardly an entry can be found where it points. */
function byOutline(pages: readonly PageLines[], outline: readonly OutlineEntry[]): PageLines[] | undefined {
  const byPage = new Map<number, OutlineEntry[]>()
  for (const entry of outline) byPage.set(entry.page, [...(byPage.get(entry.page) ?? []), entry])
  let found = 0
  const marked = pages.map(page => {
    const levels = new Map<Line, number>()
    for (const entry of byPage.get(page.page) ?? []) {
      const lines = findTitle(page.lines, entry.title, levels)
      if (lines.length > 0) found++
      for (const line of lines) levels.set(line, entry.level)
    }
    return { ...page, lines: page.lines.map(line => leveled(line, levels.get(line))) }
  })
  return 3 * found >= outline.length ? marked : undefined
}

/** The lines, one after the other, that say the title and nothing else but its number. */
function findTitle(lines: readonly Line[], title: string, taken: ReadonlyMap<Line, number>): readonly Line[] {
  const wanted = bare(title)
  if (wanted === '') return []
  for (let from = 0; from < lines.length; from++) {
    for (let count = 1; count <= MOST_LINES; count++) {
      const some = lines.slice(from, from + count)
      const text = bare(some.map(({ cells }) => cells.join(' ')).join(' '))
      if (text.length > wanted.length + 12) break
      if (some.some(line => taken.has(line) || !/\p{L}/u.test(line.cells.join('')))) break
      if (text === wanted || withoutNumber(text) === withoutNumber(wanted)) return some
    }
  }
  return []
}

/** Letters and digits alone, in lower case. */
function bare(text: string): string {
  return text
    .slice(0, 4 * LONGEST)
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

/** Without `1.2`, `chapter 3` in front; a title that is only a number keeps it. */
function withoutNumber(text: string): string {
  return text.replace(/^(?:chapter|kapitel|part|section)?\d+(?=\p{L})/u, '')
}

function byType(pages: readonly PageLines[]): PageLines[] {
  const body = bodySizeOf(pages)
  const bodyFont = dominantOf(pages, ({ font }) => font)
  const sizes = headingSizes(pages, body)
  const levelOf = (line: Line): number | undefined => {
    const text = line.cells.join(' ')
    if (text.length > LONGEST || !/\p{L}/u.test(text)) return undefined
    const rank = sizes.findIndex(size => line.size >= 0.97 * size)
    if (rank >= 0) return rank + 1
    return line.font === bodyFont || line.size < 0.97 * body ? undefined : levelOfNumbered(line, sizes.length)
  }
  return pages.map(page => ({ ...page, lines: page.lines.map(line => leveled(line, levelOf(line))) }))
}

/** Sizes of headings, largest first; none where so much is large that it cannot be headings. */
function headingSizes(pages: readonly PageLines[], body: number): number[] {
  const lines = pages.flatMap(page => page.lines)
  const large = lines.filter(({ size }) => size >= LARGER * body)
  if (charactersOf(large) > 0.3 * charactersOf(lines)) return []
  const sizes: number[] = []
  for (const size of [...new Set(large.map(line => line.size))].toSorted((a, b) => b - a)) {
    const last = sizes.at(-1)
    if (last === undefined || size < 0.96 * last) sizes.push(size)
  }
  return sizes.slice(0, LEVELS)
}

/** `2.1 Method` or `METHOD`, on a line of its own. */
function levelOfNumbered({ cells }: Line, above: number): number | undefined {
  const [text, more] = cells
  if (text === undefined || more !== undefined || text.length > 100 || /[.,;:]$/.test(text)) return undefined
  const number = /^(\d{1,2}(?:\.\d{1,2})*|[IVX]+)\.?\s+\p{Lu}/u.exec(text)?.[1]
  if (number !== undefined) return Math.min(6, Math.max(1, above) + number.split('.').length)
  return /^[\p{Lu}\s\d&-]{6,}$/u.test(text) && /\p{Lu}{4}/u.test(text) ? Math.min(6, above + 1) : undefined
}

function leveled(line: Line, level: number | undefined): Line {
  return level === undefined ? line : { ...line, level }
}

function charactersOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { cells }) => sum + cells.reduce((n, cell) => n + cell.length, 0), 0)
}

function dominantOf<T>(pages: readonly PageLines[], value: (line: Line) => T): T | undefined {
  return mostCommon(
    pages.flatMap(({ lines }) =>
      lines.map(line => ({ value: value(line), characters: charactersOf([line]) })),
    ),
  )
}
