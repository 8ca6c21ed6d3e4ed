import type { PDFPageProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { linesOf } from './pdf-lines.ts'
import type { Line, PageLines, Piece } from './pdf-piece.ts'

type TextContent = Awaited<ReturnType<PDFPageProxy['getTextContent']>>
type TextItem = Extract<TextContent['items'][number], { str: string }>
type StructTree = Awaited<ReturnType<PDFPageProxy['getStructTree']>>

/** No page for people holds more. */
const MOST_PIECES = 100_000

/** Reads one page: its text as lines in reading order. What the file marks as decoration (an artifact) is left out. */
export async function readPage(page: PDFPageProxy, tagged: boolean): Promise<PageLines> {
  const content = await page.getTextContent({ includeMarkedContent: true })
  const levels = tagged ? headingLevels(await page.getStructTree()) : new Map<string, number>()
  const { width, height, transform } = page.getViewport({ scale: 1 })
  const found = piecesOf(content, transform, levels)
  const shown = found.filter(({ artifact }) => !artifact)
  // Some programs mark all that they write as decoration.
  const groups = byDirection(shown.length > 0 ? shown : found)
  const lines: Line[] = []
  for (const [direction, group] of groups) {
    const region = (lines.at(-1)?.region ?? -1) + 1
    const turned = group.map(one => turn(one, direction, width, height))
    for (const line of linesOf(turned)) lines.push({ ...line, region: line.region + region })
  }
  const sideways = (groups[0]?.[0] ?? 0) % 2 === 1
  return { page: page.pageNumber, height: sideways ? width : height, lines }
}

/** Quarter turns, clockwise, of the direction in which text runs. */
type Direction = 0 | 1 | 2 | 3

interface FoundPiece {
  readonly text: string
  /** Where the baseline begins, on the page as it is shown, from its upper left corner. */
  readonly x: number
  readonly y: number
  readonly advance: number
  readonly size: number
  readonly font: string
  readonly direction: Direction
  readonly spaced: boolean
  readonly level: number | undefined
  readonly artifact: boolean
}

function piecesOf(
  { items, styles }: TextContent,
  viewport: readonly number[],
  levels: ReadonlyMap<string, number>,
): FoundPiece[] {
  const pieces: FoundPiece[] = []
  const open: { level: number | undefined; artifact: boolean }[] = []
  let spaced = false
  for (const item of items.slice(0, MOST_PIECES)) {
    if (!('str' in item)) {
      if (item.type === 'endMarkedContent') open.pop()
      else open.push({ level: levels.get(item.id), artifact: 'tag' in item && item.tag === 'Artifact' })
      continue
    }
    if (item.str.trim() === '') {
      spaced = spaced || item.str !== '' || item.hasEOL
      continue
    }
    const vertical = styles[item.fontName]?.vertical === true
    const level = open.findLast(one => one.level !== undefined)?.level
    const artifact = open.some(one => one.artifact)
    const place = placeOf(item, viewport, vertical)
    if (place !== undefined)
      pieces.push({ text: item.str, font: item.fontName, ...place, spaced, level, artifact })
    spaced = item.hasEOL
  }
  return pieces
}

function placeOf(item: TextItem, viewport: readonly number[], vertical: boolean) {
  const [a = 0, b = 0, c = 0, d = 0, x0 = 0, y0 = 0] = viewport
  const [ta = 0, tb = 0, tc = 0, td = 0, tx = 0, ty = 0] = item.transform.map(Number)
  const [rightX, rightY] = [a * ta + c * tb, b * ta + d * tb]
  const size = Math.hypot(tc, td) || Math.hypot(ta, tb)
  const x = a * tx + c * ty + x0
  const y = b * tx + d * ty + y0
  if (!Number.isFinite(x + y + size + item.width + item.height) || size === 0) return undefined
  if (vertical) return { x, y, size, advance: Math.abs(item.height), direction: 1 as const }
  return { x, y, size, advance: Math.abs(item.width), direction: directionOf(rightX, rightY) }
}

/** `y` grows downwards. */
function directionOf(x: number, y: number): Direction {
  if (Math.abs(x) >= Math.abs(y)) return x >= 0 ? 0 : 2
  return y > 0 ? 1 : 3
}

/** Those of one direction together, the direction of most characters first. */
function byDirection(pieces: readonly FoundPiece[]): [Direction, FoundPiece[]][] {
  const groups = new Map<Direction, FoundPiece[]>()
  for (const piece of pieces) {
    const group = groups.get(piece.direction)
    if (group === undefined) groups.set(piece.direction, [piece])
    else group.push(piece)
  }
  const characters = (group: readonly FoundPiece[]) => group.reduce((sum, { text }) => sum + text.length, 0)
  return [...groups].toSorted(([, a], [, b]) => characters(b) - characters(a))
}

/** Turns the page so that the text runs to the right. */
function turn(found: FoundPiece, direction: Direction, width: number, height: number): Piece {
  const { text, size, font, spaced, level, advance } = found
  const [x, y] = (
    [
      [found.x, found.y],
      [found.y, width - found.x],
      [width - found.x, height - found.y],
      [height - found.y, found.x],
    ] as const
  )[direction]
  return { text, size, font, spaced, level, x, right: x + advance, y }
}

/** By the id of marked content: the level of the heading that it belongs to. */
function headingLevels(tree: StructTree): Map<string, number> {
  const levels = new Map<string, number>()
  const visit = (node: object, level: number | undefined) => {
    if ('id' in node && typeof node.id === 'string' && level !== undefined) levels.set(node.id, level)
    if (!('children' in node) || !Array.isArray(node.children)) return
    const own = 'role' in node ? levelOfRole(String(node.role)) : undefined
    for (const child of node.children as object[]) visit(child, own ?? level)
  }
  // A page without tags has no tree, whatever the type says.
  const root = tree as StructTree | null
  if (root !== null) visit(root, undefined)
  return levels
}

function levelOfRole(role: string): number | undefined {
  if (role === 'Title' || role === 'H') return 1
  const level = /^H([1-9])$/.exec(role)?.[1]
  return level === undefined ? undefined : Math.min(6, Number(level))
}
