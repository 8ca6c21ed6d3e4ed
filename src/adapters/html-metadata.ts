/** What a page says of itself beside its text. */
export interface PageMetadata {
  readonly authors: readonly string[]
  /** Milliseconds since the epoch. */
  readonly writtenAt: number | undefined
}

/** `name`, `property` or `itemprop` of `meta` elements, the most reliable first. */
const DATES: readonly string[] = [
  'article:published_time',
  'datepublished',
  'citation_publication_date',
  'dcterms.issued',
  'dcterms.created',
  'dc.date.issued',
  'dc.date',
  'parsely-pub-date',
  'pubdate',
  'date',
]
const AUTHORS: readonly string[] = [
  'author',
  'citation_author',
  'dc.creator',
  'dcterms.creator',
  'article:author',
]
const MOST_AUTHORS = 20
/** Linked data of a page is smaller; UTF-16 units. */
const LONGEST_DATA = 200_000
const DEEPEST = 8

type Attributes = Readonly<Record<string, string>>

/** Collects what a page's head, its JSON-LD and its `time` elements tell about it. */
export function createPageMetadata() {
  const values = new Map<string, string[]>()
  const times: string[] = []
  let data = ''
  return {
    meta(attributes: Attributes) {
      const name = (
        attributes['property'] ??
        attributes['name'] ??
        attributes['itemprop'] ??
        ''
      ).toLowerCase()
      const content = (attributes['content'] ?? '').slice(0, 500).trim()
      if (content === '' || !(DATES.includes(name) || AUTHORS.includes(name))) return
      values.set(name, [...(values.get(name) ?? []), content].slice(0, MOST_AUTHORS))
    },
    time(attributes: Attributes) {
      const isPublication = 'pubdate' in attributes || attributes['itemprop'] === 'datePublished'
      if (isPublication) times.push(attributes['datetime'] ?? '')
    },
    linkedData(text: string) {
      if (data.length < LONGEST_DATA) data += text
    },
    endOfLinkedData() {
      for (const [name, found] of readLinkedData(data)) {
        if (!values.has(name)) values.set(name, found)
      }
      data = ''
    },
    finish(): PageMetadata {
      const dates = [...DATES.flatMap(name => values.get(name) ?? []), ...times]
      const authors = AUTHORS.map(name => values.get(name) ?? []).find(names => names.some(isName)) ?? []
      return {
        authors: [...new Set(authors.filter(isName))].slice(0, MOST_AUTHORS),
        writtenAt: dates.map(parseDate).find(time => time !== undefined),
      }
    },
  }
}

/** Some pages put the address of a profile there. */
function isName(text: string): boolean {
  return text.length <= 100 && /\p{L}/u.test(text) && !/^https?:|[<>{}]/.test(text)
}

function parseDate(text: string): number | undefined {
  if (!/\b(?:19|20)\d\d\b/.test(text)) return undefined
  const time = Date.parse(text.replace(/^(\d{4})\/(\d\d?)\/(\d\d?)$/, '$1-$2-$3'))
  return Number.isNaN(time) ? undefined : time
}

/** `datePublished` and the names of `author`, of whatever article is described first (schema.org). */
function readLinkedData(json: string): Map<string, string[]> {
  const found = new Map<string, string[]>()
  const visit = (value: unknown, depth: number): void => {
    if (typeof value !== 'object' || value === null || depth > DEEPEST) return
    if (Array.isArray(value)) {
      for (const one of value.slice(0, 100)) visit(one, depth + 1)
      return
    }
    const { datePublished, author, ...rest } = value as Record<string, unknown>
    if (typeof datePublished === 'string' && !found.has('datepublished'))
      found.set('datepublished', [datePublished])
    const names = namesOf(author)
    if (names.length > 0 && !found.has('author')) found.set('author', names)
    visit(rest['@graph'], depth + 1)
    visit(rest['mainEntity'], depth + 1)
  }
  try {
    visit(JSON.parse(json), 0)
  } catch {
    // Not JSON: nothing is known.
  }
  return found
}

function namesOf(author: unknown): string[] {
  if (typeof author === 'string') return [author]
  if (Array.isArray(author))
    return author.slice(0, MOST_AUTHORS).flatMap(one => (Array.isArray(one) ? [] : namesOf(one)))
  if (typeof author !== 'object' || author === null || !('name' in author)) return []
  return typeof author.name === 'string' ? [author.name] : []
}
