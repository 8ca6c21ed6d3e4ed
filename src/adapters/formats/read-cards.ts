import { failure } from '../../core/errors.ts'
import type { Block } from '../../core/text/join-blocks.ts'
import type { Reading } from '../reading.ts'
import { writtenDate } from '../written-date.ts'

/** One property of a calendar or a card: `SUMMARY;LANGUAGE=en:Lunch`. */
interface Property {
  readonly name: string
  readonly value: string
}

/** In the order in which they are written; others say nothing to a reader. */
const EVENT: readonly (readonly [name: string, label: string])[] = [
  ['DTSTART', 'Begins'],
  ['DTEND', 'Ends'],
  ['DUE', 'Due'],
  ['LOCATION', 'Place'],
  ['ORGANIZER', 'Organiser'],
  ['ATTENDEE', 'With'],
  ['STATUS', 'Status'],
  ['CATEGORIES', 'Categories'],
  ['RRULE', 'Repeats'],
  ['URL', 'Address'],
  ['COMMENT', 'Comment'],
  ['DESCRIPTION', ''],
]
const CONTACT: readonly (readonly [name: string, label: string])[] = [
  ['NICKNAME', 'Called'],
  ['ORG', 'Organisation'],
  ['TITLE', 'Title'],
  ['ROLE', 'Role'],
  ['EMAIL', 'E-mail'],
  ['TEL', 'Telephone'],
  ['ADR', 'Address'],
  ['BDAY', 'Birthday'],
  ['URL', 'Web'],
  ['CATEGORIES', 'Categories'],
  ['NOTE', ''],
]

/**
 * A calendar (iCalendar, RFC 5545): a block for each event, task or note, with what it is called as heading.
 * @throws UnreadableFile when it has none.
 */
export function readCalendar(source: string): Reading {
  const { records, head } = recordsOf(source, /^V(?:EVENT|TODO|JOURNAL)$/)
  if (records.length === 0) throw failure('UnreadableFile', 'The calendar has no events.')
  const title = valueOf(head, 'X-WR-CALNAME') || valueOf(head, 'NAME')
  return {
    title: title || undefined,
    blocks: records.flatMap(record => blocksOf(record, valueOf(record, 'SUMMARY'), EVENT)),
  }
}

/**
 * Contacts (vCard, RFC 6350 and before): a block for each, with the name as heading.
 * @throws UnreadableFile when there are none.
 */
export function readContacts(source: string): Reading {
  const { records } = recordsOf(source, /^VCARD$/)
  if (records.length === 0) throw failure('UnreadableFile', 'The file has no contacts.')
  const title = records.length === 1 ? nameOf(records[0] ?? []) : ''
  return {
    title: title || undefined,
    blocks: records.flatMap(record => blocksOf(record, nameOf(record), CONTACT)),
  }
}

function nameOf(record: readonly Property[]): string {
  return valueOf(record, 'FN') || valueOf(record, 'N') || valueOf(record, 'ORG')
}

function blocksOf(record: readonly Property[], title: string, fields: typeof EVENT): Block[] {
  const lines = fields.flatMap(([name, label]) => {
    const values = record
      .filter(property => property.name === name)
      .map(shown)
      .filter(Boolean)
    if (values.length === 0) return []
    return [label === '' ? values.join('\n') : `${label}: ${values.join(', ')}`]
  })
  return [{ text: title || 'Untitled', level: 1 }, { text: lines.join('\n') }]
}

/** What stands between `BEGIN` and `END` of the wanted kinds, and what stands elsewhere. */
function recordsOf(source: string, wanted: RegExp): { records: Property[][]; head: Property[] } {
  const records: Property[][] = []
  const head: Property[] = []
  let record: Property[] | undefined
  let depth = 0
  for (const line of unfolded(source)) {
    const property = propertyOf(line)
    if (property === undefined) continue
    const { name, value } = property
    if (name === 'BEGIN' && record === undefined && wanted.test(value.toUpperCase())) record = []
    else if (name === 'BEGIN') depth++
    else if (name === 'END' && depth > 0) depth--
    else if (name === 'END' && record !== undefined) {
      records.push(record)
      record = undefined
    } else if (record === undefined) head.push(property)
    // What is nested is an alarm.
    else if (depth === 0) record.push(property)
    if (record !== undefined && record.length === 0) depth = 0
  }
  if (record !== undefined) records.push(record)
  return { records, head }
}

/** A line that begins with a space goes on the one before; so does, in vCard 2.1, one behind a `=`. */
function unfolded(source: string): string[] {
  const text = source.replace(/\r\n?/g, '\n').replace(/\n[ \t]/g, '')
  return (/QUOTED-PRINTABLE/i.test(text) ? text.replace(/=\n(?=[^\n])/g, '') : text).split('\n')
}

function propertyOf(line: string): Property | undefined {
  const match = /^(?:[\w-]{1,40}\.)?([A-Za-z][\w-]{0,60})((?:;(?:"[^"]{0,500}"|[^":]){0,1000})?):/.exec(line)
  if (match === null) return undefined
  const raw = line.slice(match[0].length)
  const value = /QUOTED-PRINTABLE/i.test(match[2] ?? '') ? quotedPrintable(raw) : raw
  return { name: (match[1] ?? '').toUpperCase(), value: unescaped(value) }
}

function quotedPrintable(text: string): string {
  const bytes = text.replace(/=([\dA-F]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  )
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(bytes, letter => letter.charCodeAt(0)),
    )
  } catch {
    return bytes
  }
}

function unescaped(value: string): string {
  return value
    .replace(/\\([\\;,nN])/g, (_, sign: string) => (sign.toLowerCase() === 'n' ? '\n' : sign))
    .trim()
}

function shown({ name, value }: Property): string {
  if (/^(?:DTSTART|DTEND|DUE|BDAY)$/.test(name)) return shownDate(value)
  if (name === 'RRULE') return (/FREQ=(\w+)/.exec(value)?.[1] ?? '').toLowerCase()
  const text = value.replace(/^(?:mailto|tel):/i, '')
  return /^(?:ADR|ORG|N)$/.test(name) ? parts(text) : text
}

function valueOf(record: readonly Property[], name: string): string {
  const property = record.find(found => found.name === name)
  return property === undefined ? '' : parts(property.value)
}

/** Parts of a name or an address, of which some are empty. */
function parts(value: string): string {
  return value
    .split(';')
    .map(part => part.trim())
    .filter(Boolean)
    .join(', ')
}

/** `20240501T101500Z` as `2024-05-01 10:15`, in the zone that it was written in. */
function shownDate(value: string): string {
  if (writtenDate(value) === undefined) return value
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2}))?/.exec(value)
  if (match === null) return value
  const [, year, month, day, hour, minute] = match
  return hour === undefined ? `${year}-${month}-${day}` : `${year}-${month}-${day} ${hour}:${minute}`
}
