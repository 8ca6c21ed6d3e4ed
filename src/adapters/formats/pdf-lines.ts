import { regionsOf, type Segment } from './pdf-columns.ts'
import { least, type Line, most, mostCommon, needsSpace, type Piece } from './pdf-piece.ts'

/** Gaps in units of the font's size: within a word, between words of a column, between the cells of a table. */
const WORD_GAP = 0.2
const COLUMN_GAP = 0.8
const CELL_GAP = 1.5

/** Dots that lead the eye to a page number. */
const LEADERS = /(?:\s?[.·…_]){5,}\s*/

interface Run extends Segment {
  readonly pieces: readonly Piece[]
}

/** The lines of a page in the order in which a person reads them; `pieces` are in the page's own order. */
export function linesOf(pieces: readonly Piece[]): Line[] {
  const runs = rowsOf(pieces).flatMap((row, index) => runsOf(row, index))
  return regionsOf(runs).flatMap((region, index) => byRow(region).map(row => lineOf(row, index)))
}

interface Placed {
  readonly piece: Piece
  readonly order: number
}

/** Pieces on one baseline, give or take what is raised or lowered. From the top down. */
function rowsOf(pieces: readonly Piece[]): Placed[][] {
  const placed = pieces.map((piece, order) => ({ piece, order }))
  placed.sort((a, b) => a.piece.y - b.piece.y || a.order - b.order)
  const rows: Placed[][] = []
  let first: Piece | undefined
  for (const one of placed) {
    const near = first !== undefined && one.piece.y - first.y <= 0.4 * Math.max(first.size, one.piece.size)
    const row = near ? rows.at(-1) : undefined
    if (row !== undefined) {
      row.push(one)
      continue
    }
    rows.push([one])
    first = one.piece
  }
  return rows
}

function runsOf(row: readonly Placed[], index: number): Run[] {
  const runs: Placed[][] = []
  let right = -Infinity
  for (const one of row.toSorted((a, b) => a.piece.x - b.piece.x || a.order - b.order)) {
    const { piece } = one
    const run = piece.x - right <= COLUMN_GAP * piece.size ? runs.at(-1) : undefined
    // Bold type is sometimes the same text twice, a hair apart.
    if (run?.slice(-3).some(other => isTwice(other.piece, piece))) continue
    if (run === undefined) runs.push([one])
    else run.push(one)
    right = Math.max(run === undefined ? -Infinity : right, piece.right)
  }
  return runs.map(run => segmentOf(run, index))
}

function isTwice(a: Piece, b: Piece): boolean {
  return a.text === b.text && Math.abs(a.x - b.x) < 0.2 * a.size && Math.abs(a.y - b.y) < 0.2 * a.size
}

function segmentOf(run: readonly Placed[], row: number): Run {
  const pieces = run.map(({ piece }) => piece)
  return {
    pieces,
    row,
    order: least(run.map(({ order }) => order)),
    x: least(pieces.map(({ x }) => x)),
    right: most(pieces.map(({ right }) => right)),
    y: pieces[0]?.y ?? 0,
    size: dominant(pieces).size,
    characters: pieces.reduce((sum, { text }) => sum + text.length, 0),
  }
}

function byRow(region: readonly Run[]): Run[][] {
  const rows: Run[][] = []
  for (const run of region) {
    const last = rows.at(-1)
    if (last?.[0]?.row === run.row) last.push(run)
    else rows.push([run])
  }
  return rows
}

function lineOf(runs: readonly Run[], region: number): Line {
  const pieces = runs.flatMap(run => run.pieces)
  const cells = cellsOf(runs)
  const rightToLeft = isRightToLeft(pieces)
  const texts = cells.flatMap(cell => joined(cell, rightToLeft).split(LEADERS)).filter(text => text !== '')
  const levels = new Set(pieces.map(({ level }) => level))
  return {
    cells: rightToLeft ? texts.toReversed() : texts,
    x: runs[0]?.x ?? 0,
    right: runs.at(-1)?.right ?? 0,
    y: runs[0]?.y ?? 0,
    ...dominant(pieces),
    level: levels.size === 1 ? pieces[0]?.level : undefined,
    region,
  }
}

function cellsOf(runs: readonly Run[]): Piece[][] {
  const gaps = runs.slice(1).map((run, i) => run.x - (runs[i]?.right ?? 0))
  // Justified type spreads the few words of a line evenly.
  const even = gaps.length > 1 && most(gaps) < 1.2 * least(gaps)
  const cells: Piece[][] = []
  for (const [i, run] of runs.entries()) {
    const wide = !even && (gaps[i - 1] ?? Infinity) >= CELL_GAP * run.size
    const cell = wide ? undefined : cells.at(-1)
    if (cell === undefined) cells.push([...run.pieces])
    else cell.push(...run.pieces)
  }
  return cells
}

function joined(pieces: readonly Piece[], rightToLeft: boolean): string {
  let text = ''
  let last: Piece | undefined
  for (const piece of rightToLeft ? pieces.toReversed() : pieces) {
    const gap = last === undefined ? 0 : rightToLeft ? last.x - piece.right : piece.x - last.right
    const spaced = gap > WORD_GAP * piece.size || (!rightToLeft && piece.spaced && gap > 0.05 * piece.size)
    text += (last !== undefined && spaced && needsSpace(text, piece.text) ? ' ' : '') + piece.text
    last = piece
  }
  return text.replace(/\s+/g, ' ').trim()
}

const RIGHT_TO_LEFT = /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu

function isRightToLeft(pieces: readonly Piece[]): boolean {
  const text = pieces.map(piece => piece.text).join('')
  const count = text.match(RIGHT_TO_LEFT)?.length ?? 0
  return count > 0 && 2 * count > (text.match(/\p{L}/gu)?.length ?? 0)
}

function dominant(pieces: readonly Piece[]): { size: number; font: string } {
  const of = <T>(value: (piece: Piece) => T) =>
    mostCommon(pieces.map(piece => ({ value: value(piece), characters: piece.text.length })))
  return { size: of(({ size }) => Math.round(2 * size) / 2) ?? 0, font: of(({ font }) => font) ?? '' }
}
