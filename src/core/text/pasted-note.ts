/** What somebody pasted or shared, as a note. */
export interface Note {
  /** Of its file. */
  readonly name: string
  readonly text: string
  /** How many links it is made of; 0 for a text. */
  readonly links: number
}

/** Characters of a line that is long enough to be a title. */
const LONGEST_TITLE = 80

/**
 * The note of a text: what has no short first line of its own gets its first words as a title, and a list of addresses is
 * named by the places that they lead to. Nothing is fetched. `undefined` when there is nothing in it.
 * @param when "2026-11-20 14.05"
 */
export function noteOf(pasted: string, when: string, title = ''): Note | undefined {
  const text = pasted.replaceAll('\r\n', '\n').trim()
  if (text === '' && title.trim() === '') return undefined
  const lines = text.split('\n').filter(line => line.trim() !== '')
  const isList = lines.length > 0 && lines.every(isAddress)
  const heading = title.trim() !== '' ? title.trim() : isList ? linksTitle(lines) : titleOf(text)
  const body = isList ? lines.map(line => line.trim()).join('\n\n') : text
  return {
    name: `Pasted ${when}.txt`,
    text: heading === '' ? body : `${heading}\n\n${body}`,
    links: isList ? lines.length : 0,
  }
}

/** "2026-11-20 14.05": sorts by time, and may stand in the name of a file. */
export function noteTime(at: Date): string {
  const day = `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())}`
  return `${day} ${two(at.getHours())}.${two(at.getMinutes())}`
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}

function isAddress(line: string): boolean {
  return /^https?:\/\/[^\s/]+\S*$/i.test(line.trim())
}

/** "2 links: example.org, kew.org" */
function linksTitle(lines: readonly string[]): string {
  const hosts = new Set(lines.map(line => /^https?:\/\/(?:www\.)?([^\s/?#:]+)/i.exec(line.trim())?.[1] ?? ''))
  return `${lines.length} ${lines.length === 1 ? 'link' : 'links'}: ${[...hosts].slice(0, 5).join(', ')}`
}

/** The first words of a long first line; nothing where that line is a title itself. */
function titleOf(text: string): string {
  const first = (text.split('\n', 1)[0] ?? '').trim()
  if (first.length <= LONGEST_TITLE) return ''
  const cut = first.slice(0, LONGEST_TITLE)
  const end = cut.lastIndexOf(' ')
  return `${end > 20 ? cut.slice(0, end) : cut}…`
}
