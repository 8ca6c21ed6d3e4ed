import type { Block } from '../../core/text/join-blocks.ts'
import { decodeEntities } from './decode-entities.ts'
import type { Reading } from '../reading.ts'

interface Cue {
  /** Seconds. */
  readonly start: number
  readonly text: string
}

/** Seconds and UTF-16 units behind which a block ends at the next end of a sentence, and behind which it ends anyhow. */
const BLOCK_SECONDS = 60
const BLOCK_LETTERS = 600
const MOST = 2
const SENTENCE_END = /[.!?…。！？]["'”’»)\]]*$/u

const TIME = /(?:(\d{1,3}):)?(\d{1,2}):(\d{2})(?:[.,](\d{1,3}))?/
const CUE_LINE = /^\s*((?:\d{1,3}:)?\d{1,2}:\d{2}(?:[.,]\d{1,3})?)\s*(?:-->|,)\s*(?:\d{1,3}:)?\d{1,2}:\d{2}/

/**
 * Subtitles (SubRip, WebVTT, SubStation Alpha, YouTube's SBV): what is said, in sentences, a block for about each minute
 * with its time as heading.
 */
export function readSubtitles(source: string): Reading {
  const lines = source
    .replace(/^\uFEFF/, '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
  const isAss = lines.some(line => /^\[(?:Script Info|Events)\]/i.test(line))
  const title = lines.slice(0, 50).map(line => /^Title:\s*(\S.*)$/i.exec(line)?.[1])
  return {
    title: title.find(found => found !== undefined)?.trim(),
    blocks: blocksOf(isAss ? assCues(lines) : cues(lines)),
  }
}

function cues(lines: readonly string[]): Cue[] {
  const found: Cue[] = []
  let start: number | undefined
  let said: string[] = []
  const end = () => {
    if (start !== undefined && said.length > 0) found.push({ start, text: plain(said.join(' ')) })
    said = []
  }
  lines.forEach((line, i) => {
    const time = line.length > 200 ? null : CUE_LINE.exec(line)
    if (time !== null) {
      end()
      start = secondsOf(time[1] ?? '')
    } else if (line.trim() === '') {
      end()
      start = undefined
    } else if (start !== undefined && !isNumberOfNext(line, lines[i + 1])) said.push(line)
  })
  end()
  return found
}

/** Some files leave the empty line out between a cue and the number of the next. */
function isNumberOfNext(line: string, next: string | undefined): boolean {
  return /^\d{1,6}\s*$/.test(line) && next !== undefined && next.length <= 200 && CUE_LINE.test(next)
}

/** `Dialogue: 0,0:00:01.00,0:00:03.00,Style,Name,0,0,0,,Text`, whose fields `Format:` names. */
function assCues(lines: readonly string[]): Cue[] {
  let fields = 10
  const found: Cue[] = []
  for (const line of lines) {
    if (/^Format:.*\bText\b/i.test(line)) fields = line.split(',').length
    const dialogue = /^Dialogue:\s*(.*)$/i.exec(line)?.[1]?.split(',')
    if (dialogue === undefined) continue
    const text = dialogue
      .slice(fields - 1)
      .join(',')
      .replace(/\{[^{}]*\}/g, '')
      .replace(/\\[Nnh]/g, ' ')
    found.push({ start: secondsOf(dialogue[1] ?? ''), text: plain(text) })
  }
  return found.toSorted((a, b) => a.start - b.start)
}

function secondsOf(time: string): number {
  const [, hours, minutes, seconds] = TIME.exec(time) ?? []
  return 3600 * Number(hours ?? 0) + 60 * Number(minutes ?? 0) + Number(seconds ?? 0)
}

function plain(text: string): string {
  const bare = text.replace(/<[^<>]{0,200}>/g, '').replace(/\{\\[^{}]{0,200}\}/g, '')
  return decodeEntities(bare).replace(/\s+/g, ' ').trim()
}

function blocksOf(all: readonly Cue[]): Block[] {
  const blocks: Block[] = []
  let texts: string[] = []
  let from = 0
  let letters = 0
  const flush = () => {
    if (texts.length > 0) blocks.push({ text: shownTime(from), level: 1 }, { text: texts.join(' ') })
    texts = []
    letters = 0
  }
  for (const { start, text } of all) {
    // Rolling captions say each line again.
    if (text === '' || text === texts.at(-1)) continue
    const isLong = start - from >= BLOCK_SECONDS || letters >= BLOCK_LETTERS
    const isTooLong = start - from >= MOST * BLOCK_SECONDS || letters >= MOST * BLOCK_LETTERS
    if (isTooLong || (isLong && SENTENCE_END.test(texts.at(-1) ?? ''))) flush()
    if (texts.length === 0) from = start
    texts.push(text)
    letters += text.length
  }
  flush()
  return blocks
}

/** `1:02:03`, or `2:03`. */
function shownTime(seconds: number): string {
  const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60]
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
