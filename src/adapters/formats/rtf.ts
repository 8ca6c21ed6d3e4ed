import { failure } from '../../core/errors.ts'
import { decodeAs } from '../decode-text.ts'
import type { Reading } from '../reading.ts'
import { joinBytes } from './join-bytes.ts'
import { createRtfBlocks } from './rtf-blocks.ts'
import { encodingOfCharset, encodingOfCodePage, SYMBOLS } from './rtf-encodings.ts'
import { type RtfHandler, walkRtf } from './rtf-tokens.ts'
import { CHARACTERS, type Destination, DESTINATIONS, READ_ALL_THE_SAME, SKIPPED } from './rtf-vocabulary.ts'

/** Groups inside each other beyond which they are read as one. */
const DEEPEST = 500

interface Group {
  readonly destination: Destination
  readonly font: number | undefined
  /** Characters that stand behind `\uN` for programs without Unicode. */
  readonly fallback: number
  readonly hidden: boolean
  /** Where its text begins, of a note. */
  readonly mark: number
  /** Of the paragraph: its outline level, its style, whether it is of a list or stands in a table. */
  readonly level: number | undefined
  readonly style: number
  readonly isItem: boolean
  readonly inTable: boolean
  /** Whether it is the bullet or the number of an item. */
  readonly isBullet: boolean
}

const PLAIN_PARAGRAPH = { level: undefined, style: 0, isItem: false, inTable: false }

/**
 * Reads RTF (Microsoft's specification 1.9.1): paragraphs, headings by outline level or style, lists, tables as rows,
 * notes behind their paragraph. Pictures, objects, headers, footers and deleted text are left out. Linear in the length.
 * @throws UnreadableFile when it is no RTF
 */
export function readRtf(bytes: Uint8Array): Reading {
  if (!/^\s*\{\\rtf/.test(String.fromCharCode(...bytes.subarray(0, 64)))) {
    throw failure('UnreadableFile', 'This is not RTF: it does not begin with `{\\rtf`.')
  }
  const reader = createReader()
  walkRtf(bytes, reader.handler)
  return reader.finish()
}

function createReader(): { handler: RtfHandler; finish(): Reading } {
  const blocks = createRtfBlocks()
  const fonts = new Map<number, string>()
  const styles = new Map<number, number>()
  const about = { title: '', author: '' }
  const created = new Map<string, number>()
  const stack: Group[] = []
  let group: Group = {
    destination: 'text',
    font: undefined,
    fallback: 1,
    hidden: false,
    mark: 0,
    isBullet: false,
    ...PLAIN_PARAGRAPH,
  }
  let tooDeep = 0
  let fileEncoding = 'windows-1252'
  let defaultFont: number | undefined
  /** Bytes of one encoding that were not decoded yet. */
  let pending: Uint8Array[] = []
  /** Characters left to skip behind `\uN`. */
  let skip = 0
  let starred = false
  /** Of the font or the style that is being described. */
  let described = 0
  let styleName = ''

  const write = (text: string) => {
    if (group.hidden) return
    if (group.destination === 'text' || group.destination === 'note') blocks.write(text)
    else if (group.destination === 'title' || group.destination === 'author') about[group.destination] += text
    else if (group.destination === 'styles') styleName += text
  }
  const flush = () => {
    if (pending.length === 0) return
    const encoding = fonts.get(group.font ?? defaultFont ?? -1) ?? fileEncoding
    const bytes = joinBytes(pending)
    pending = []
    write(encoding === SYMBOLS ? symbolText(bytes) : decodeAs(bytes, encoding))
  }
  const change = (some: Partial<Group>) => {
    group = { ...group, ...some }
  }
  const endParagraph = () => {
    if (group.destination === 'note' || group.inTable) return write('\n')
    if (group.destination !== 'text') return
    blocks.paragraph(group.level ?? styles.get(group.style), group.isItem)
  }
  const endStyle = () => {
    const named = /^(?:heading|überschrift|titre|título|titolo|kop|заголовок|rubrik) ?(\d)/iu.exec(
      styleName.trim(),
    )
    const isTitle = /^(?:title|titel)\s*;?$/i.test(styleName.trim())
    const byName = named === null ? (isTitle ? 1 : undefined) : Math.max(1, Math.min(6, Number(named[1])))
    if (byName !== undefined && !styles.has(described)) styles.set(described, byName)
    styleName = ''
    described = 0
  }

  const words: Readonly<Record<string, (parameter: number | undefined) => void>> = {
    par: endParagraph,
    sect: endParagraph,
    page: endParagraph,
    cell: () => group.destination === 'text' && blocks.cell(),
    row: () => group.destination === 'text' && blocks.row(),
    nestcell: () => write(' '),
    nestrow: () => write(' '),
    intbl: () => change({ inTable: true }),
    pard: () => change(PLAIN_PARAGRAPH),
    plain: () => change({ hidden: false, font: undefined }),
    s: (n = 0) => {
      if (group.destination === 'styles') described = n
      else change({ style: n })
    },
    outlinelevel: (n = 9) => {
      const asLevel = n >= 0 && n < 6 ? n + 1 : undefined
      if (group.destination !== 'styles') change({ level: asLevel })
      else if (asLevel !== undefined) styles.set(described, asLevel)
    },
    listtext: () => change({ isBullet: true }),
    pntext: () => change({ isBullet: true }),
    v: (n = 1) => change({ hidden: n !== 0 }),
    deleted: (n = 1) => change({ hidden: n !== 0 }),
    f: (n = 0) => {
      if (group.destination === 'fonts') described = n
      else change({ font: n })
    },
    fcharset: (n = 0) => {
      const encoding = encodingOfCharset(n)
      if (group.destination === 'fonts' && encoding !== undefined) fonts.set(described, encoding)
    },
    deff: n => (defaultFont = n),
    ansicpg: (n = 1252) => (fileEncoding = encodingOfCodePage(n)),
    mac: () => (fileEncoding = 'macintosh'),
    uc: (n = 1) => change({ fallback: Math.max(0, Math.min(n, 100)) }),
    u: (n = 0) => {
      write(String.fromCharCode(n < 0 ? n + 65_536 : n))
      skip = group.fallback
    },
  }

  const handler: RtfHandler = {
    open() {
      flush()
      skip = 0
      starred = false
      if (stack.length >= DEEPEST) tooDeep++
      else stack.push(group)
    },
    close() {
      flush()
      skip = 0
      if (tooDeep > 0) {
        tooDeep--
        return
      }
      if (group.destination === 'styles') endStyle()
      const parent = stack.pop()
      if (group.destination === 'note' && parent?.destination !== 'note') blocks.note(group.mark)
      const endsBullet = group.isBullet && parent?.isBullet === false
      if (parent !== undefined) group = endsBullet ? { ...parent, isItem: true } : parent
    },
    word(name, parameter) {
      if (skip > 0) {
        skip--
        return
      }
      flush()
      const isStarred = starred
      starred = false
      const destination = Object.hasOwn(DESTINATIONS, name) ? DESTINATIONS[name] : undefined
      if (group.destination === 'skip') return
      if (destination !== undefined) return change({ destination, mark: blocks.mark() })
      if (
        SKIPPED.has(name) ||
        (isStarred && !READ_ALL_THE_SAME.has(name) && name !== 'cs' && group.destination !== 'styles')
      ) {
        return change({ destination: 'skip' })
      }
      if (group.destination === 'created') created.set(name, parameter ?? 0)
      if (Object.hasOwn(CHARACTERS, name)) return write(CHARACTERS[name] ?? '')
      if (Object.hasOwn(words, name)) words[name]?.(parameter)
    },
    symbol(character) {
      if (character === '*') {
        starred = true
        return
      }
      flush()
      if (skip > 0) skip--
      else if (Object.hasOwn(CHARACTERS, character)) write(CHARACTERS[character] ?? '')
    },
    bytes(bytes) {
      const rest = bytes.subarray(Math.min(skip, bytes.length))
      skip -= bytes.length - rest.length
      if (rest.length > 0 && group.destination !== 'skip') pending.push(rest)
    },
  }
  return {
    handler,
    finish() {
      flush()
      const all = blocks.finish()
      const title = about.title.trim() || all.find(block => block.level !== undefined)?.text
      const writtenAt = timeOf(created)
      const authors = about.author.split(';').flatMap(name => name.trim() || [])
      return {
        title,
        blocks: all,
        ...(authors.length === 0 ? {} : { authors }),
        ...(writtenAt === undefined ? {} : { writtenAt }),
      }
    },
  }
}

/** Of symbol fonts only the bullet is a character that others know. */
function symbolText(bytes: Uint8Array): string {
  return [...bytes]
    .map(byte => (byte === 0xb7 ? '•' : byte < 0x80 && byte !== 0x2d ? String.fromCharCode(byte) : ' '))
    .join('')
}

/** The file does not name a time zone: taken for UTC. */
function timeOf(created: ReadonlyMap<string, number>): number | undefined {
  const [year, month, day] = [created.get('yr'), created.get('mo'), created.get('dy')]
  if (year === undefined || month === undefined || day === undefined || year < 1980 || year > 2200)
    return undefined
  return Date.UTC(year, month - 1, day, created.get('hr') ?? 0, created.get('min') ?? 0)
}
