import { failure } from '../../core/errors.ts'
import type { Block } from '../../core/text/join-blocks.ts'
import type { Reading } from '../reading.ts'

const LONGEST_ENTRY = 100_000
const SHOWN = [
  'author',
  'editor',
  'year',
  'date',
  'journal',
  'journaltitle',
  'booktitle',
  'publisher',
  'keywords',
  'doi',
]
const TEXTS = ['abstract', 'annote', 'note']

/**
 * A bibliography (BibTeX): a block for each entry with its title as heading.
 * @throws UnreadableFile when it has none.
 */
export function readBib(source: string): Reading {
  const blocks = source
    .split(/^\s{0,20}@(?=\w)/m)
    .slice(1)
    .flatMap(entryBlocks)
  if (blocks.length === 0) throw failure('UnreadableFile', 'The bibliography has no entries.')
  return { title: undefined, blocks }
}

function entryBlocks(entry: string): Block[] {
  if (/^(?:comment|preamble|string)\b/i.test(entry)) return []
  const fields = bibFields(entry.slice(0, LONGEST_ENTRY))
  const title = fields.get('title') ?? /^\w+\s*\{\s*([^,\s]{1,100})/.exec(entry)?.[1]
  if (title === undefined) return []
  const lines = SHOWN.filter(name => fields.has(name)).map(name => `${name}: ${fields.get(name) ?? ''}`)
  const texts = TEXTS.flatMap(name => fields.get(name) ?? [])
  return [{ text: title, level: 1 }, { text: [...lines, ...texts].join('\n') }]
}

/** `name = {value}`, `name = "value"` and `name = 1999`. */
function bibFields(entry: string): Map<string, string> {
  const fields = new Map<string, string>()
  const start = /(?:^|[,\n])\s{0,40}([A-Za-z]{1,30})\s{0,10}=\s{0,10}/g
  for (let match = start.exec(entry); match !== null; match = start.exec(entry)) {
    const end = valueEnd(entry, start.lastIndex)
    const value = entry
      .slice(start.lastIndex, end)
      .replace(/[{}"]|\\(?=[&%$#_])/g, '')
      .replace(/\s+/g, ' ')
      .trim()
    fields.set((match[1] ?? '').toLowerCase(), value)
    start.lastIndex = Math.max(end, start.lastIndex)
  }
  return fields
}

function valueEnd(entry: string, from: number): number {
  const isQuoted = entry[from] === '"'
  let depth = 0
  for (let at = from + (isQuoted ? 1 : 0); at < entry.length; at++) {
    const sign = entry[at]
    if (sign === '{') depth++
    else if (sign === '}' && --depth < 0) return at
    else if (depth === 0 && sign === (isQuoted ? '"' : ',')) return at
  }
  return entry.length
}

/** Translations (gettext): each text with its translation and the remarks for translators, a block for each. */
export function readPo(source: string): Reading {
  const blocks: Block[] = []
  for (const entry of source.replace(/\r\n?/g, '\n').split(/\n{2,}/)) {
    const lines = entry
      .split('\n')
      .filter(line => /^(?:"|msg\w+(?:\[\d+\])? "|#[. ])/.test(line) && !/^#[.]? *$/.test(line))
    if (/^msgid ""\n+msgstr ""\n"/m.test(entry) && /Content-Type:/i.test(entry)) continue
    blocks.push({ text: lines.map(poLine).filter(Boolean).join('\n') })
  }
  return { title: undefined, blocks: blocks.filter(({ text }) => text !== '') }
}

function poLine(line: string): string {
  if (line.startsWith('#')) return line.slice(2).trim()
  const text = /"(.*)"\s*$/.exec(line.slice(0, LONGEST_ENTRY))?.[1] ?? ''
  return text
    .replace(/\\n/g, ' ')
    .replace(/\\(["\\t])/g, '$1')
    .trim()
}
