/**
 * What somebody types, taken apart: `bell "water tower" -moss -"old mill" type:markdown folder:notes date:2024..2025`.
 * Whatever is not written exactly so is plain text; nothing is an error.
 */
import { type DateRange, parseAfter, parseBefore, parseDates } from './parse-dates.ts'

/** A condition on documents. Values are lower case, and any of them will do. */
export type DocumentFilter =
  | { readonly field: 'type' | 'folder'; readonly values: readonly string[]; readonly not: boolean }
  | { readonly field: 'date'; readonly range: DateRange; readonly not: boolean }

export interface ParsedQuery {
  /**
   * What is looked for: words and phrases in their order, without what stands for a condition; empty where there is nothing
   * else. Ends with a space unless its last word ends what was typed, and so may be unfinished.
   */
  readonly text: string
  /** What a passage must hold, and what it must not. */
  readonly phrases: readonly string[]
  readonly without: readonly string[]
  readonly filters: readonly DocumentFilter[]
  /** The conditions on passages, and those on documents, as they were typed. */
  readonly phraseText: string
  readonly filterText: string
}

/** An optional minus; then a phrase, a field with its value or values, or what is not white space. */
const TOKEN = /(-?)(?:"([^"]*)"|“([^“”]*)”|([a-z]+):((?:"[^"]*"|[^\s"])+)|(\S+))(?=\s|$)|\S+/giu
const HAS_WORD = /[\p{L}\p{N}]/u
/** A minus before a number is a sign. */
const BEGINS_A_WORD = /^\p{L}/u

interface Parts {
  readonly text: string[]
  readonly phrases: string[]
  readonly without: string[]
  readonly phraseTexts: string[]
  readonly filters: DocumentFilter[]
  readonly filterTexts: string[]
}

export function parseQuery(query: string): ParsedQuery {
  const parts: Parts = { text: [], phrases: [], without: [], phraseTexts: [], filters: [], filterTexts: [] }
  let endsInWord = false
  for (const match of query.matchAll(TOKEN)) {
    const isPlain = !takePhrase(match, parts) && !takeFilter(match, parts) && !takeExclusion(match, parts)
    if (isPlain) parts.text.push(match[0])
    endsInWord = isPlain && match.index + match[0].length === query.length
  }
  const { phrases, without, filters } = parts
  const isPlain = phrases.length + without.length + filters.length === 0
  const words = parts.text.length === 0 || endsInWord ? parts.text : [...parts.text, '']
  const text = isPlain ? query : words.join(' ')
  const phraseText = parts.phraseTexts.join(' ')
  return { text, phrases, without, filters, phraseText, filterText: parts.filterTexts.join(' ') }
}

function takePhrase([typed, minus, straight, curly]: RegExpExecArray, parts: Parts): boolean {
  const phrase = straight ?? curly
  if (phrase === undefined || !HAS_WORD.test(phrase)) return false
  parts.phraseTexts.push(typed)
  if (minus === '-') parts.without.push(phrase)
  else {
    parts.phrases.push(phrase)
    parts.text.push(phrase)
  }
  return true
}

function takeExclusion([typed, minus, , , field, , word]: RegExpExecArray, parts: Parts): boolean {
  if (minus !== '-' || field !== undefined || word === undefined || !BEGINS_A_WORD.test(word)) return false
  parts.phraseTexts.push(typed)
  parts.without.push(word)
  return true
}

function takeFilter([typed, minus, , , field, value]: RegExpExecArray, parts: Parts): boolean {
  if (field === undefined || value === undefined) return false
  const filter = filterOf(field.toLowerCase(), value, minus === '-')
  if (filter === undefined) return false
  parts.filters.push(filter)
  parts.filterTexts.push(typed)
  return true
}

function filterOf(field: string, value: string, not: boolean): DocumentFilter | undefined {
  if (field === 'type' || field === 'folder') {
    const values = value
      .toLowerCase()
      .replaceAll('"', '')
      .split(',')
      .filter(one => HAS_WORD.test(one))
    return values.length > 0 ? { field, values, not } : undefined
  }
  const range = rangeOf(field, value)
  return range === undefined ? undefined : { field: 'date', range, not }
}

function rangeOf(field: string, value: string): DateRange | undefined {
  if (field === 'date') return parseDates(value)
  if (field === 'before') return parseBefore(value)
  return field === 'after' ? parseAfter(value) : undefined
}
