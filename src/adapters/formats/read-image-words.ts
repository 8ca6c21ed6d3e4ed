import { failure } from '../../core/errors.ts'
import type { LibraryBlob } from '../../core/ports/files.ts'
import type { Reading } from '../reading.ts'
import { writtenDate } from '../written-date.ts'
import { imageFields, type ImageFields } from './image-fields.ts'

/** Bytes. What an image says of itself stands in front, or, in some, at the end; it is looked for in both. */
const HEAD = 2 * 1024 * 1024
const LARGEST = 32 * 1024 * 1024
const NO_WORDS = 'The image holds no words; search by what a picture shows is not there yet.'

/**
 * What an image says of itself (EXIF, IPTC, XMP, texts of PNG): title, caption, keywords, place, date, camera, author. The
 * picture itself is never decoded, whatever its size.
 * @throws UnreadableFile when it says nothing that a person wrote, or cannot be understood.
 */
export async function readImageWords(blob: LibraryBlob): Promise<Reading> {
  const fields = await imageFields(await bytesOf(blob))
  if (fields === undefined) throw failure('UnreadableFile', `The image is damaged. ${NO_WORDS}`)
  const { title, caption, keywords, place, authors } = fields
  if ([title, caption, place, ...keywords].every(text => text === ''))
    throw failure('UnreadableFile', NO_WORDS)
  const writtenAt = writtenDate(fields.date)
  return {
    title: title || undefined,
    blocks: textsOf(fields).map(text => ({ text })),
    ...(authors.length === 0 ? {} : { authors }),
    ...(writtenAt === undefined ? {} : { writtenAt }),
  }
}

function textsOf({ title, caption, keywords, place, position, camera, date, other }: ImageFields): string[] {
  const facts = [
    ['Keywords', keywords.join(', ')],
    ['Place', place],
    ['Position', position],
    ['Date', date.replace(/^(\d{4}):(\d\d):(\d\d)/, '$1-$2-$3').replace('T', ' ')],
    ['Camera', camera],
  ]
  const lines = facts.filter(([, text]) => text !== '').map(([label, text]) => `${label}: ${text}`)
  return [title, caption === title ? '' : caption, ...other, lines.join('\n')].filter(text => text !== '')
}

/** A file of some megabytes whole; of a larger one, the beginning. */
async function bytesOf(blob: LibraryBlob): Promise<ArrayBuffer> {
  const slice = blob.size <= LARGEST ? blob : blob.slice(0, HEAD)
  return slice.arrayBuffer()
}
