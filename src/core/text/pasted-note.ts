import { firstWords, looksLikeTitle } from './looks-like-title.ts'

/** What somebody pasted or shared, as a note. */
export interface Note {
  /** Of its file. */
  readonly name: string
  readonly text: string
  /** How many links it is made of; 0 for a text. */
  readonly links: number
}

/**
 * The note of a text. What has no title as its first line gets one of its first words; a list of addresses is named by the
 * places that they lead to, and nothing is fetched. `undefined` when there is nothing in it.
 * @param when "2026-11-20 14.05"
 */
export function noteOf(pasted: string, when: string, title = ''): Note | undefined {
  const text = pasted.replaceAll('\r\n', '\n').trim()
  const lines = text.split('\n').filter(line => line.trim() !== '')
  if (lines.length > 0 && lines.every(isAddress)) {
    const links = lines.map(line => line.trim())
    const heading = title.trim() === '' ? linksTitle(links) : title.trim()
    return { name: `Pasted ${when}.md`, text: [`# ${heading}`, ...links].join('\n\n'), links: links.length }
  }
  const heading =
    title.trim() === '' && lines.length > 1 && looksLikeTitle(lines[0] ?? '') ? '' : firstWords(title || text)
  const parts = [heading, text].filter(part => part !== '')
  if (parts.length === 0) return undefined
  return { name: `Pasted ${when}.txt`, text: parts.join('\n\n'), links: 0 }
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
  const hosts = new Set(lines.map(line => /^https?:\/\/(?:www\.)?([^\s/?#:]+)/i.exec(line)?.[1] ?? ''))
  return `${lines.length} ${lines.length === 1 ? 'link' : 'links'}: ${[...hosts].slice(0, 5).join(', ')}`
}
