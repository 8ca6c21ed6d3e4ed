import type { LibraryBlob, SourceFile } from '../core/ports/files.ts'
import { decodeAs, utf16Of } from './decode-text.ts'
import { guessEncoding } from './guess-encoding.ts'
import { unreadable } from './unreadable-file.ts'

/** Bytes read at a time. */
const SLICE = 4 * 1024 * 1024

/**
 * The text of a file of any length, piece by piece, in the encoding that its first bytes show; never empty pieces.
 * @param seen Is given the bytes of each piece before it is decoded.
 * @throws UnreadableFile when the file is moved or changed meanwhile.
 */
export async function* streamText(
  file: SourceFile,
  seen?: (bytes: Uint8Array) => void,
): AsyncGenerator<string> {
  const { blob } = file
  let decoder: TextDecoder | undefined
  for (let start = 0; start < blob.size; start += SLICE) {
    const bytes = await bytesOf(file, blob.slice(start, Math.min(start + SLICE, blob.size)))
    decoder ??= new TextDecoder(encodingOf(bytes))
    seen?.(bytes)
    const piece = decoder.decode(bytes, { stream: true })
    if (piece !== '') yield piece
  }
  const rest = decoder?.decode() ?? ''
  if (rest !== '') yield rest
}

/** By the first bytes alone, of which the last character may be cut off. */
function encodingOf(bytes: Uint8Array): string {
  const utf16 = utf16Of(bytes)
  if (utf16 !== undefined) return utf16
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true })
    return 'utf-8'
  } catch {
    return guessEncoding(bytes, decodeAs)
  }
}

async function bytesOf(file: SourceFile, slice: ReturnType<LibraryBlob['slice']>): Promise<Uint8Array> {
  try {
    return new Uint8Array(await slice.arrayBuffer())
  } catch (cause) {
    throw unreadable(file, 'could not be read to its end: it may have been moved or changed.', cause)
  }
}
