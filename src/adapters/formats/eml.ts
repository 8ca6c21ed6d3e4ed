import type { Address, Attachment, Email } from 'postal-mime'
import { failure } from '../../core/errors.ts'
import type { Block } from '../../core/text/join-blocks.ts'
import { readHtml } from '../html-extractor.ts'
import type { InnerFile, Reading } from '../reading.ts'
import { createDistinctNames, innerName } from './inner-name.ts'

/** A message, and the files that were sent with it. */
export interface MailReading {
  readonly reading: Reading
  readonly files: readonly InnerFile[]
}

const MOST_FILES = 500
/** Signatures and keys say nothing to a person. */
const OF_NO_USE = /^application\/(?:pgp-signature|pkcs7-signature|x-pkcs7-signature|pgp-keys|pgp-encrypted)$/
const ENCRYPTED = /^application\/(?:pgp-encrypted|pkcs7-mime|x-pkcs7-mime)$/
const EXTENSIONS: Readonly<Record<string, string>> = {
  'application/pdf': 'pdf',
  'message/rfc822': 'eml',
  'text/calendar': 'ics',
  'text/html': 'html',
  'text/plain': 'txt',
}

/**
 * Reads a message (RFC 5322, MIME): who wrote what to whom, then its text; of two forms of the text the plain one, unless
 * the other says far more. Quoted replies stay, with their `>`.
 * @throws UnreadableFile when it is no message
 */
export async function readEml(bytes: Uint8Array): Promise<MailReading> {
  const mail = await parse(bytes)
  const head = headOf(mail)
  const body = bodyOf(mail)
  if (head === '' || (mail.from === undefined && mail.date === undefined && mail.to === undefined)) {
    throw failure('UnreadableFile', 'This is not an e-mail message: it names no sender, receiver or date.')
  }
  const files = filesOf(mail)
  const names =
    files.length === 0 ? [] : [{ text: `Attachments: ${files.map(({ path }) => path).join(', ')}` }]
  return { reading: { ...aboutOf(mail), blocks: [{ text: head }, ...body, ...names] }, files }
}

async function parse(bytes: Uint8Array): Promise<Email> {
  const { default: PostalMime } = await import('postal-mime')
  try {
    return await PostalMime.parse(bytes, { maxNestingDepth: 50, maxRfc822NestingDepth: 3 })
  } catch (thrown) {
    throw failure('UnreadableFile', 'This e-mail message is damaged: it could not be taken apart.', thrown)
  }
}

function aboutOf(mail: Email): Omit<Reading, 'blocks'> {
  const writtenAt = dateOf(mail)
  const author = mail.from === undefined ? '' : mail.from.name || (mail.from.address ?? '')
  const missing = missingOf(mail)
  return {
    title: mail.subject?.trim() || undefined,
    ...(author === '' ? {} : { authors: [author] }),
    ...(writtenAt === undefined ? {} : { writtenAt }),
    ...(missing.length === 0 ? {} : { missing }),
  }
}

function dateOf({ date }: Email): number | undefined {
  const time = Date.parse(date ?? '')
  return Number.isNaN(time) ? undefined : time
}

/** The lines that a person looks at first. */
function headOf(mail: Email): string {
  const lines: [string, string | undefined][] = [
    ['Subject', mail.subject],
    ['From', mail.from && people([mail.from])],
    ['To', people(mail.to)],
    ['Cc', people(mail.cc)],
    ['Date', mail.date],
  ]
  return lines
    .flatMap(([label, value]) => (value?.trim() ? [`${label}: ${value.replace(/\s+/g, ' ').trim()}`] : []))
    .join('\n')
}

function people(addresses: readonly Address[] = []): string {
  return addresses
    .flatMap(entry => (entry.group === undefined ? [person(entry)] : entry.group.map(person)))
    .join(', ')
}

function person({ name, address }: Address): string {
  return name && address ? `${name} <${address}>` : name || (address ?? '')
}

function bodyOf({ text = '', html }: Email): readonly Block[] {
  const page = html === undefined ? [] : readHtml(html).blocks
  const plain = text.trim()
  // Some programs put no more than "view this in a browser" into the plain form.
  const size = page.reduce((sum, block) => sum + block.text.length, 0)
  return plain === '' || size > 4 * plain.length + 200 ? page : [{ text }]
}

function missingOf({ attachments }: Email): string[] {
  const has = (type: RegExp) => attachments.some(({ mimeType }) => type.test(mimeType))
  return [
    ...(has(ENCRYPTED) ? ['The message is encrypted: only its headers were read.'] : []),
    ...(has(/^application\/(?:vnd\.)?ms-tnef$/)
      ? ['Outlook packed its attachments (winmail.dat): they were not read.']
      : []),
    ...(attachments.length > MOST_FILES ? [`Only the first ${MOST_FILES} attachments were read.`] : []),
  ]
}

/** Without signatures, and without the pictures that only decorate the text. */
function filesOf(mail: Email): InnerFile[] {
  const distinct = createDistinctNames()
  const sentAt = dateOf(mail)
  const wanted = mail.attachments.filter(
    ({ mimeType, related }) =>
      !OF_NO_USE.test(mimeType) && !(related === true && mimeType.startsWith('image/')),
  )
  return wanted.slice(0, MOST_FILES).flatMap((attachment, index) => {
    const bytes = bytesOf(attachment)
    if (bytes.length === 0) return []
    const path = distinct(innerName(attachment.filename ?? undefined, unnamed(attachment, index)))
    return [{ path, bytes, ...(sentAt === undefined ? {} : { modifiedAt: sentAt }) }]
  })
}

function unnamed({ mimeType, description }: Attachment, index: number): string {
  const extension = Object.hasOwn(EXTENSIONS, mimeType) ? EXTENSIONS[mimeType] : 'bin'
  return innerName(description && `${description}.${extension}`, `attachment ${index + 1}.${extension}`)
}

function bytesOf({ content }: Attachment): Uint8Array<ArrayBuffer> {
  if (typeof content === 'string') return new TextEncoder().encode(content)
  return content instanceof Uint8Array ? content.slice() : new Uint8Array(content)
}
