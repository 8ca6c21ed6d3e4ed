import type { Block } from '../../core/text/join-blocks.ts'
import type { Reading } from '../reading.ts'
import { writtenDate } from '../written-date.ts'

/** UTF-16 units; patterns are tried on no longer lines. */
const LONGEST_LINE = 2000

interface Outline {
  title: string | undefined
  authors: string[]
  date: string
  readonly blocks: Block[]
}

/** Org mode: headlines by their stars, `#+TITLE` and the like; drawers and settings are left out. */
export function readOrg(source: string): Reading {
  const outline = emptyOutline()
  let lines: string[] = []
  let inDrawer = false
  for (const line of linesOf(source)) {
    const [, key = '', value = ''] = /^#\+(\w+):\s*(.*)$/.exec(short(line)) ?? []
    const headline = /^(\*{1,20})\s+(.*)$/.exec(short(line))
    if (/^\s*:(?:PROPERTIES|LOGBOOK):\s*$/i.test(short(line))) inDrawer = true
    else if (inDrawer) inDrawer = !/^\s*:END:\s*$/i.test(short(line))
    else if (key !== '') note(outline, key, value)
    else if (headline !== null) {
      lines = flushed(outline, lines)
      const text = (headline[2] ?? '')
        .replace(/^(?:TODO|DONE)\s+|^\[#\w\]\s*/g, '')
        .replace(/\s+:[\w@:]+:$/, '')
      outline.blocks.push({ text: orgInline(text), level: Math.min(6, (headline[1] ?? '').length) })
    } else if (!line.startsWith('#+')) lines.push(orgInline(line))
  }
  flushed(outline, lines)
  return readingOf(outline)
}

function orgInline(line: string): string {
  return line.length > LONGEST_LINE
    ? line
    : line.replace(
        /\[\[([^\]]{1,500})\](?:\[([^\]]{1,500})\])?\]/g,
        (_, target: string, text?: string) => text ?? target,
      )
}

const ADORNMENT = /^([=\-`:.'"~^_*+#<>])\1{2,}\s*$/

/** reStructuredText: titles by the lines below them, each kind of line a level in the order in which it first comes. */
export function readRst(source: string): Reading {
  const outline = emptyOutline()
  const kinds: string[] = []
  let lines: string[] = []
  const all = linesOf(source)
  for (let i = 0; i < all.length; i++) {
    const [line = '', below = ''] = [all[i], all[i + 1]]
    const isOver = ADORNMENT.test(short(line)) && short(all[i + 2] ?? '').trim() === line.trim()
    const [text, adornment] = isOver ? [below, all[i + 2] ?? ''] : [line, below]
    const isTitle =
      ADORNMENT.test(short(adornment)) && /\S/.test(text) && adornment.trim().length >= text.trim().length - 2
    if (isTitle && text.length <= 300 && !ADORNMENT.test(text)) {
      lines = flushed(outline, lines)
      const kind = `${isOver ? 'over' : ''}${adornment.charAt(0)}`
      if (!kinds.includes(kind)) kinds.push(kind)
      outline.blocks.push({ text: rstInline(text), level: Math.min(6, kinds.indexOf(kind) + 1) })
      i += isOver ? 2 : 1
      continue
    }
    const [, field = '', value = ''] = /^:(\w+):\s+(.*)$/.exec(short(line)) ?? []
    if (/^(?:author|authors|date|title)$/i.test(field)) note(outline, field, value)
    else if (!/^\s*\.\.\s+(?:_|highlight|toctree|contents|include|currentmodule)/.test(short(line)))
      lines.push(rstInline(line))
  }
  flushed(outline, lines)
  return readingOf(outline)
}

function rstInline(line: string): string {
  if (line.length > LONGEST_LINE) return line
  return line
    .replace(/^(\s*)\.\.\s+([\w-]+)::\s*/, (_, space: string, name: string) =>
      name === 'code-block' ? '' : `${space}${name}: `,
    )
    .replace(/:[\w:+-]{1,40}:`([^`<]{1,300})(?:\s<[^`>]{0,300}>)?`/g, '$1')
    .replace(/`([^`<]{1,300})\s<[^`>]{0,300}>`__?/g, '$1')
    .replace(/``([^`]{1,500})``|\*\*([^*]{1,500})\*\*/g, '$1$2')
}

const LATEX_LEVELS: Readonly<Record<string, number>> = {
  part: 1,
  chapter: 1,
  section: 2,
  subsection: 3,
  subsubsection: 4,
  paragraph: 5,
}

/** LaTeX: the words of the text with its sections; commands and comments are left out, formulas stay as they stand. */
export function readTex(source: string): Reading {
  const outline = emptyOutline()
  const text = linesOf(source).map(withoutComment).join('\n')
  const begin = text.indexOf('\\begin{document}')
  const head = begin < 0 ? '' : text.slice(0, begin)
  note(outline, 'title', texInline(commandIn(head || text, 'title')))
  for (const author of commandIn(head || text, 'author').split(/\\and\b/))
    note(outline, 'author', texInline(author))
  let lines: string[] = []
  for (const line of (begin < 0 ? text : text.slice(begin)).split('\n')) {
    const section = /^\s*\\(part|chapter|(?:sub){0,2}section|paragraph)\*?\{(.*)$/.exec(short(line))
    if (section === null) lines.push(texInline(line))
    else {
      lines = flushed(outline, lines)
      const rest = section[2] ?? ''
      const end = closingBrace(rest)
      outline.blocks.push({ text: texInline(rest.slice(0, end)), level: LATEX_LEVELS[section[1] ?? ''] ?? 2 })
      lines.push(texInline(rest.slice(end + 1)))
    }
  }
  flushed(outline, lines)
  return readingOf(outline)
}

function withoutComment(line: string): string {
  return line.length > LONGEST_LINE ? line : line.replace(/(^|[^\\])%.*$/, '$1')
}

function commandIn(text: string, name: string): string {
  const at = text.indexOf(`\\${name}{`)
  if (at < 0) return ''
  const rest = text.slice(at + name.length + 2, at + name.length + 1000)
  return rest.slice(0, closingBrace(rest))
}

/** Where the brace closes that was opened in front; the end, when it does not. */
function closingBrace(text: string): number {
  let depth = 1
  for (let at = 0; at < text.length; at++) {
    if (text[at] === '{') depth++
    if (text[at] === '}' && --depth === 0) return at
  }
  return text.length
}

function texInline(line: string): string {
  if (line.length > LONGEST_LINE) return line
  return line
    .replace(
      /\\(?:begin|end|label|ref|eqref|cite\w*|usepackage|documentclass|includegraphics|vspace|hspace|bibliography\w*|input|include|maketitle|tableofcontents|centering|noindent)\b\*?(?:\[[^\]]{0,300}\])?(?:\{[^{}]{0,300}\})?/g,
      '',
    )
    .replace(/\\item\b(?:\[([^\]]{0,200})\])?/g, '- $1')
    .replace(/\\href\{[^{}]{0,500}\}/g, '')
    .replace(/\\[a-zA-Z]+\*?(?:\[[^\]]{0,200}\])?\{([^{}]{0,1000})\}/g, '$1')
    .replace(/\\([&%$#_{}])/g, '$1')
    .replace(/\\\\(?:\[[^\]]{0,20}\])?|~/g, ' ')
    .replace(/``|''/g, '"')
}

function emptyOutline(): Outline {
  return { title: undefined, authors: [], date: '', blocks: [] }
}

function note(outline: Outline, key: string, value: string): void {
  const text = value.trim()
  if (text === '') return
  switch (key.toLowerCase()) {
    case 'title':
      outline.title ??= text
      break
    case 'author':
    case 'authors':
      outline.authors.push(text)
      break
    case 'date':
      outline.date = text.replace(/^[<[]/, '')
      break
    case 'description':
    case 'keywords':
    case 'filetags':
      outline.blocks.push({ text })
  }
}

function flushed(outline: Outline, lines: readonly string[]): string[] {
  // Blank lines part blocks where the text is normalised.
  if (lines.some(line => /\S/.test(line))) outline.blocks.push({ text: lines.join('\n') })
  return []
}

function readingOf({ title, authors, date, blocks }: Outline): Reading {
  const writtenAt = writtenDate(date)
  return {
    title: title ?? blocks.find(({ level }) => level !== undefined)?.text,
    blocks,
    ...(authors.length === 0 ? {} : { authors }),
    ...(writtenAt === undefined ? {} : { writtenAt }),
  }
}

function linesOf(source: string): string[] {
  return source.replace(/\r\n?/g, '\n').split('\n')
}

/** A longer line is no markup. */
function short(line: string): string {
  return line.length > LONGEST_LINE ? '' : line
}
