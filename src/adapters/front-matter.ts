import { parse } from 'yaml'
import type { Block } from '../core/text/join-blocks.ts'
import { writtenDate } from './written-date.ts'

/** What stands in front of a text between two lines of `---` (YAML) or `+++` (TOML). */
export interface FrontMatter {
  readonly title: string | undefined
  readonly authors: readonly string[]
  readonly writtenAt: number | undefined
  /** What else of it is worth finding: a description, tags, other names. */
  readonly blocks: readonly Block[]
  /** The text behind it; all of the text, where there is no front matter. */
  readonly body: string
}

type Fields = Readonly<Record<string, unknown>>

const LONGEST = 20_000
const DESCRIPTIONS = ['subtitle', 'description', 'summary', 'abstract', 'excerpt']
const LISTS: readonly (readonly [label: string, keys: readonly string[]])[] = [
  ['Tags', ['tags', 'tag', 'keywords']],
  ['Categories', ['categories', 'category']],
  ['Also called', ['aliases', 'alias']],
]

/**
 * Takes the front matter off a text, as Obsidian, Jekyll, Hugo and Pandoc write it. What it says in a broken way is kept
 * as text; what is only a line between paragraphs is no front matter.
 * @param source Its lines end with `\n`.
 */
export function takeFrontMatter(source: string): FrontMatter {
  const whole = { title: undefined, authors: [], writtenAt: undefined, blocks: [], body: source }
  const fence = /^\uFEFF?(---|\+\+\+)[ \t]*\n/.exec(source)
  if (fence === null) return whole
  const head = source.slice(fence[0].length - 1, LONGEST)
  const end = (fence[1] === '---' ? /\n(?:---|\.\.\.)[ \t]*(?:\n|$)/ : /\n\+\+\+[ \t]*(?:\n|$)/).exec(head)
  if (end === null || !/^["']?[\w -]+["']?[ \t]*[:=]/m.test(head.slice(0, end.index))) return whole
  const text = head.slice(0, end.index)
  const found = fence[1] === '---' ? yamlFields(text) : undefined
  const fields = found ?? lineFields(text)
  const kept = found === undefined && fence[1] === '---' ? [{ text: text.trim() }] : blocksOf(fields)
  const body = source.slice(fence[0].length - 1 + end.index + end[0].length)
  const written = stringOf(fields['date'] ?? fields['created'] ?? fields['published'] ?? fields['pubdate'])
  const authors = listOf(fields['author'] ?? fields['authors']).slice(0, 100)
  return {
    title: stringOf(fields['title']) || undefined,
    authors,
    writtenAt: writtenDate(written),
    blocks: kept,
    body,
  }
}

/** `undefined` when it is no YAML, or refers to parts of itself, which may grow without end. */
function yamlFields(text: string): Fields | undefined {
  try {
    const value: unknown = parse(text, {
      maxAliasCount: 0,
      logLevel: 'error',
      schema: 'failsafe',
      uniqueKeys: false,
    })
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? lowered(value) : undefined
  } catch {
    return undefined
  }
}

/** `key: value` and `key = value`, with lists in one line; as TOML has it, and YAML that is broken elsewhere. */
function lineFields(text: string): Fields {
  const fields: Record<string, unknown> = {}
  for (const line of text.split('\n')) {
    const match = /^([\w-]+)[ \t]*[:=][ \t]*(.*)$/.exec(line)
    if (match === null) continue
    const value = (match[2] ?? '').trim()
    const list = /^\[(.*)\]$/.exec(value)?.[1]
    fields[(match[1] ?? '').toLowerCase()] =
      list === undefined ? unquoted(value) : list.split(',').map(unquoted)
  }
  return fields
}

function lowered(fields: object): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key.toLowerCase(), value]))
}

function blocksOf(fields: Fields): Block[] {
  const said = DESCRIPTIONS.map(key => stringOf(fields[key]))
  const lists = LISTS.map(([label, keys]) => {
    const names = keys.flatMap(key => tagsOf(fields[key]))
    return names.length === 0 ? '' : `${label}: ${names.join(', ')}`
  })
  return [...said, lists.filter(Boolean).join('\n')].filter(Boolean).map(text => ({ text }))
}

/** Tags in one line stand between commas, or, without any, between spaces. */
function tagsOf(value: unknown): string[] {
  if (typeof value !== 'string') return listOf(value)
  return value
    .split(/\s*[,;]\s*/)
    .map(tag => tag.replace(/^#/, '').trim())
    .filter(Boolean)
}

function listOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(listOf)
  const text = typeof value === 'object' && value !== null ? nameOf(value) : stringOf(value)
  return text === '' ? [] : [text]
}

/** Pandoc and Quarto write authors as `name:` with more about them. */
function nameOf(value: object): string {
  return 'name' in value ? stringOf(value.name) : ''
}

function stringOf(value: unknown): string {
  return typeof value === 'string' ? unquoted(value) : ''
}

function unquoted(text: string): string {
  return text
    .trim()
    .replace(/^(["'])(.*)\1$/, '$2')
    .trim()
}
