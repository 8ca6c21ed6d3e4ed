import type { ExtractedDocument } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { joinBlocks } from '../core/text/join-blocks.ts'
import { documentIdOf } from './document-id.ts'
import { streamText } from './stream-text.ts'
import { shownName } from './unreadable-file.ts'

/** UTF-16 units of a part, about; it ends between paragraphs where there are any. */
const PART = 2_000_000

/**
 * Plain text of any length, in parts that are documents of their own: neither the file nor its text is ever in memory
 * whole.
 */
export async function* readLongText(file: SourceFile, mediaType: string): AsyncGenerator<ExtractedDocument> {
  let part = 0
  for await (const text of partsOf(file)) {
    part++
    const joined = joinBlocks([{ text }])
    if (joined.text.trim() === '') continue
    const bytes = new TextEncoder().encode(text)
    const number = String(part).padStart(3, '0')
    yield {
      id: documentIdOf(bytes),
      mediaType,
      bytes: bytes.length,
      path: `part ${number}`,
      title: `${shownName(file)}, part ${part}`,
      ...joined,
    }
  }
}

async function* partsOf(file: SourceFile): AsyncGenerator<string> {
  let waiting = ''
  for await (const piece of streamText(file)) {
    waiting += piece
    while (waiting.length > PART) {
      const end = endOfPart(waiting)
      yield waiting.slice(0, end)
      waiting = waiting.slice(end)
    }
  }
  if (waiting !== '') yield waiting
}

/** Between two paragraphs, else lines, else words, in the second half of a part; never inside a surrogate pair. */
function endOfPart(text: string): number {
  for (const gap of ['\n\n', '\r\n\r\n', '\n', ' ']) {
    const at = text.lastIndexOf(gap, PART)
    if (at > PART / 2) return at + gap.length
  }
  const isPair = /[\uD800-\uDBFF]/.test(text.charAt(PART - 1))
  return isPair ? PART - 1 : PART
}
