import { failure } from '../../core/errors.ts'
import type { LibraryBlob } from '../../core/ports/files.ts'
import type { InnerFile } from '../reading.ts'
import { innerName } from './inner-name.ts'
import { joinBytes } from './join-bytes.ts'

const MEBIBYTE = 1024 * 1024

/** A message that could not be taken out, and a sentence that says why. */
export interface SkippedMessage {
  readonly path: string
  readonly reason: string
}

export interface MboxOptions {
  /** Bytes that are read at once. */
  readonly slice: number
  /** Bytes of one message; larger ones are skipped. Memory is bounded by this, not by the mailbox. */
  readonly largest: number
}

const DEFAULTS: MboxOptions = { slice: 4 * MEBIBYTE, largest: 64 * MEBIBYTE }
/** A separator is longer than this only where it is none. */
const LONGEST_SEPARATOR = 1000
/** Where the headers that name a message are looked for. */
const HEAD_BYTES = 65_536

/**
 * Parts a mailbox (mbox, RFC 4155) into its messages, one after the other as `0001 Subject.eml`. A message begins at a
 * line `From … time … year` behind an empty line; `>From` inside is turned back into `From` (mboxrd).
 * @throws UnreadableFile when the file does not begin like a mailbox
 */
export async function* readMbox(
  mailbox: LibraryBlob,
  options: Partial<MboxOptions> = {},
): AsyncGenerator<InnerFile | SkippedMessage> {
  const { decodeWords } = await import('postal-mime')
  const { slice, largest } = { ...DEFAULTS, ...options }
  const messages = createMessages(largest)
  for (let at = 0; at < mailbox.size; at += slice) {
    const end = Math.min(at + slice, mailbox.size)
    const chunk = new Uint8Array(await mailbox.slice(at, end).arrayBuffer())
    for (const message of messages.take(chunk, end === mailbox.size)) yield named(message, decodeWords)
  }
}

interface Message {
  /** From 1. */
  readonly number: number
  /** `undefined` when it was too large to be kept. */
  readonly bytes: Uint8Array<ArrayBuffer> | undefined
  readonly size: number
}

/** Takes the mailbox piece by piece and gives the messages that are complete. */
function createMessages(largest: number) {
  /** What may be the beginning of a separator. */
  let carry: Uint8Array<ArrayBuffer> = new Uint8Array()
  let parts: Uint8Array[] = []
  let size = 0
  let number = 0
  /** Whether nothing was taken yet. */
  let first = true

  const keep = (part: Uint8Array) => {
    size += part.length
    if (size <= largest) parts.push(part.slice())
    else parts = []
  }
  const finish = (): Message[] => {
    if (number === 0) return []
    const message = { number, size, bytes: size <= largest ? withoutMunging(joinBytes(parts)) : undefined }
    parts = []
    size = 0
    return [message]
  }

  return {
    take(chunk: Uint8Array<ArrayBuffer>, isLast: boolean): Message[] {
      const bytes = joinBytes([carry, chunk])
      const done: Message[] = []
      let from = 0
      let at = 0
      if (first && !isLast && bytes.length < LONGEST_SEPARATOR) {
        carry = bytes
        return []
      }
      if (first) {
        const line = separatorAt(bytes, 0)
        if (line === undefined) throw notMbox()
        first = false
        number = 1
        from = at = line
      }
      for (;;) {
        const newline = bytes.indexOf(10, at)
        if (newline < 0) break
        at = newline + 1
        if (bytes[at] !== 0x46 || !isAfterEmptyLine(bytes, newline)) continue
        const line = separatorAt(bytes, at)
        if (line === undefined) continue
        keep(bytes.subarray(from, at))
        done.push(...finish())
        number++
        from = at = line
      }
      const rest = isLast ? bytes.length : Math.max(from, bytes.length - LONGEST_SEPARATOR)
      keep(bytes.subarray(from, rest))
      carry = bytes.slice(rest)
      return isLast ? [...done, ...finish()] : done
    },
  }
}

/** Where the line behind a separator begins; `undefined` when there is none, or not all of it yet. */
function separatorAt(bytes: Uint8Array, at: number): number | undefined {
  const line = String.fromCharCode(...bytes.subarray(at, at + LONGEST_SEPARATOR))
  const match = /^From [^\r\n]*\d:\d\d[^\r\n]*\b(?:19|20)\d\d\b[^\r\n]*\r?\n/.exec(line)
  return match === null ? undefined : at + match[0].length
}

function isAfterEmptyLine(bytes: Uint8Array, newline: number): boolean {
  const before = bytes[newline - 1]
  return before === 10 || (before === 13 && bytes[newline - 2] === 10)
}

/** One `>` less in front of each `From ` that begins a line. */
function withoutMunging(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  let kept = 0
  for (let at = 0; at < bytes.length; at++) {
    const isStart = at === 0 || bytes[at - 1] === 10
    if (isStart && bytes[at] === 0x3e && isMunged(bytes, at)) continue
    bytes[kept++] = bytes[at] ?? 0
  }
  return bytes.slice(0, kept)
}

function isMunged(bytes: Uint8Array, at: number): boolean {
  let from = at
  while (bytes[from] === 0x3e) from++
  return [0x46, 0x72, 0x6f, 0x6d, 0x20].every((byte, i) => bytes[from + i] === byte)
}

function named(
  { number, bytes, size }: Message,
  decodeWords: (text: string) => string,
): InnerFile | SkippedMessage {
  const count = String(number).padStart(4, '0')
  if (bytes === undefined) {
    const reason = `The message is ${Math.ceil(size / MEBIBYTE)} MB large, more than is read at once.`
    return { path: `${count}.eml`, reason }
  }
  const head = new TextDecoder().decode(bytes.subarray(0, HEAD_BYTES)).split(/\r?\n\r?\n/, 1)[0] ?? ''
  const header = (name: string) =>
    new RegExp(`^${name}:[ \\t]*(.*(?:\\r?\\n[ \\t].*)*)`, 'im').exec(head)?.[1]?.replace(/\r?\n[ \t]+/g, ' ')
  const subject = innerName(decodeWords(header('Subject') ?? '').replace(/[/\\]/g, '_'), 'no subject')
    .slice(0, 80)
    .trim()
  const sentAt = Date.parse(header('Date') ?? '')
  return { path: `${count} ${subject}.eml`, bytes, ...(Number.isNaN(sentAt) ? {} : { modifiedAt: sentAt }) }
}

function notMbox(): Error {
  return failure('UnreadableFile', 'This is not a mailbox: it does not begin with a line `From …`.')
}
