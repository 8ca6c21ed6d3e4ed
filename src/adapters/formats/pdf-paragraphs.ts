import type { Block } from '../../core/text/join-blocks.ts'
import { least, type Line, median, most, needsSpace } from './pdf-piece.ts'

/** How a line goes on from the one before. */
type Seam = 'space' | 'line' | 'block'

const BULLET = /^(?:[•▪◦‣●■□○►➢✓\u2013\u2014*·-]|\(?(?:\d{1,3}|[a-zA-Z]|[ivx]{1,5})[.)]|\[\d{1,3}\])\s/
const ENDS_SENTENCE = /[.!?:…。！？]["'”’»)\]]?$/
/** A heading goes over a few lines at most. */
const LONGEST_HEADING_LINES = 4

/** The lines of one page, put together into paragraphs, lists, tables and headings. `compounds` are words with a hyphen. */
export function paragraphsOf(lines: readonly Line[], compounds: ReadonlySet<string>): Block[] {
  const shapes = regionShapes(lines)
  const blocks: Line[][] = []
  const seams = new Map<Line, Seam>()
  let last: Line | undefined
  for (const line of lines) {
    const shape = shapes.get(line.region)
    const seam = last === undefined || shape === undefined ? 'block' : seamOf(last, line, shape)
    seams.set(line, seam)
    if (seam === 'block') blocks.push([line])
    else blocks.at(-1)?.push(line)
    last = line
  }
  return blocks.map(block => blockOf(block, seams, compounds))
}

/** The words of lines that carry a hyphen inside, in lower case. */
export function addCompounds(lines: readonly Line[], compounds: Set<string>): void {
  for (const { cells } of lines) {
    for (const cell of cells) {
      for (const [word] of cell.matchAll(/\p{L}+-\p{L}+/gu)) compounds.add(word.toLowerCase())
    }
  }
}

interface RegionShape {
  readonly left: number
  readonly right: number
  /** From baseline to baseline. */
  readonly pitch: number
  /** Whether all but the first line of a paragraph is indented. */
  readonly hanging: boolean
}

function regionShapes(lines: readonly Line[]): Map<number, RegionShape> {
  const regions = new Map<number, Line[]>()
  for (const line of lines) {
    const region = regions.get(line.region)
    if (region === undefined) regions.set(line.region, [line])
    else region.push(line)
  }
  return new Map([...regions].map(([region, of]) => [region, shapeOf(of)]))
}

function shapeOf(lines: readonly Line[]): RegionShape {
  const gaps = lines.flatMap((line, i) => {
    const before = lines[i - 1]
    const gap = before === undefined || before.size !== line.size ? 0 : line.y - before.y
    return gap > 0 && gap < 3 * line.size ? [gap] : []
  })
  const size = median(lines.map(line => line.size))
  const left = least(lines.map(({ x }) => x))
  const indented = lines.filter(({ x }) => x - left > 0.8 * size && x - left < 5 * size).length
  return {
    left,
    right: most(lines.map(({ right }) => right)),
    pitch: gaps.length > 2 ? lowerMiddle(gaps) : 1.3 * size,
    hanging: lines.length > 4 && indented > 0.5 * lines.length && indented < lines.length,
  }
}

/** The gap inside paragraphs is below the middle one where paragraphs are short. */
function lowerMiddle(gaps: readonly number[]): number {
  return gaps.toSorted((a, b) => a - b)[Math.floor(gaps.length * 0.3)] ?? 0
}

function seamOf(last: Line, line: Line, shape: RegionShape): Seam {
  if (last.level !== line.level) return 'block'
  if (last.level !== undefined)
    return line.y - last.y < 2 * line.size && last.size === line.size ? 'space' : 'block'
  if (Math.abs(line.size - last.size) > 0.12 * Math.max(line.size, last.size)) return 'block'
  if (last.region !== line.region) return goesOn(last, line) ? 'space' : 'block'
  if (line.y - last.y > Math.max(1.35 * shape.pitch, 1.05 * line.size)) return 'block'
  if (last.cells.length > 1 || line.cells.length > 1) return 'line'
  if (BULLET.test(textOf(line))) return 'line'
  return BULLET.test(textOf(last)) ? 'space' : seamInText(last, line, shape)
}

/** Within running text: a new paragraph is told by its indent or by a short last line. */
function seamInText(last: Line, line: Line, shape: RegionShape): Seam {
  const isIndented = ({ x }: Line) => x - shape.left > 0.8 * line.size
  const room = (shape.right - last.right) / Math.max(1, shape.right - shape.left)
  const ended = ENDS_SENTENCE.test(textOf(last))
  if (shape.hanging) return isIndented(last) && !isIndented(line) ? 'line' : 'space'
  if (isIndented(line) && !isIndented(last) && (ended || room > 0.1)) return 'block'
  if ((ended || last.font !== line.font) && room > 0.15) return 'block'
  return room > 0.5 ? 'line' : 'space'
}

/** Whether a sentence runs on into the next column, which begins higher up. */
function goesOn(last: Line, line: Line): boolean {
  if (line.y >= last.y) return false
  return !ENDS_SENTENCE.test(textOf(last)) && /^\p{Ll}/u.test(textOf(line)) && last.cells.length === 1
}

function blockOf(
  lines: readonly Line[],
  seams: ReadonlyMap<Line, Seam>,
  compounds: ReadonlySet<string>,
): Block {
  let text = ''
  for (const line of lines) {
    const next = textOf(line)
    if (text === '') text = next
    else if (seams.get(line) === 'line') text += `\n${next}`
    else text = joinLines(text, next, compounds)
  }
  const level = lines[0]?.level
  return level === undefined || lines.length > LONGEST_HEADING_LINES ? { text } : { text, level }
}

function textOf({ cells }: Line): string {
  return cells.join(' | ')
}

/** Puts a word together that was parted at the end of a line; one that is written with a hyphen keeps it. */
export function joinLines(before: string, after: string, compounds: ReadonlySet<string>): string {
  const head = /(\p{L}+)[-\u00AD\u2010]$/u.exec(before.slice(-60))
  const tail = /^\p{Ll}+/u.exec(after)
  if (head === null || tail === null) return before + (needsSpace(before, after) ? ' ' : '') + after
  const whole = `${head[1]}-${tail[0]}`.toLowerCase()
  return (compounds.has(whole) ? `${before.slice(0, -1)}-` : before.slice(0, -1)) + after
}
