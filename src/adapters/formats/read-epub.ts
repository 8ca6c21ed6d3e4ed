import { failure } from '../../core/errors.ts'
import { declaredCharset, decodeText } from '../decode-text.ts'
import { htmlBlocks } from '../html-extractor.ts'
import type { Reading } from '../reading.ts'
import { createBlockWriter, type BlockWriter } from './block-writer.ts'
import { chapterTitles, readEpubPackage, refuseLockedEpub } from './epub-package.ts'
import { attempt, readPages } from './read-pages.ts'
import type { ZipArchive } from './zip-archive.ts'

/** In XHTML every element may be closed at once; in HTML, all that follows would be in it. */
const CLOSED_AT_ONCE =
  /<(?!(?:area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr)[\s/])([a-zA-Z][\w:.-]*)((?:\s[^<>]*)?)\/>/g
/** Bytes of a chapter: a book of this size in one file is no book. */
const LARGEST_CHAPTER = 64 * 1024 * 1024

/**
 * An electronic book (EPUB 2 and 3): its chapters in reading order. A chapter that has no heading of its own gets its
 * title from the table of contents, which is itself left out. A chapter that is damaged is left out and said so.
 * @throws UnreadableFile when the book is locked by a shop (DRM) or damaged as a whole.
 */
export async function readEpub(archive: ZipArchive): Promise<Reading> {
  const { properties, spine, contents } = await readEpubPackage(archive)
  await refuseLockedEpub(archive, spine)
  const writer = createBlockWriter()
  const titles = await attempt('Its contents', writer, () => chapterTitles(archive, contents))
  const chapters = spine.filter(path => path !== contents || spine.length === 1)
  await readPages(chapters, 'Chapter', writer, path => readChapter(archive, path, titles?.get(path), writer))
  return { ...properties, ...writer.finish() }
}

async function readChapter(
  archive: ZipArchive,
  path: string,
  title: string | undefined,
  writer: BlockWriter,
): Promise<void> {
  const entry = archive.entry(path)
  if (entry === undefined) throw failure('UnreadableFile', `\`${path}\` is missing.`)
  if (entry.size > LARGEST_CHAPTER) throw failure('UnreadableFile', `\`${path}\` is larger than any chapter.`)
  const bytes = await archive.read(entry)
  const html = decodeText(bytes, declaredCharset(bytes)).replace(CLOSED_AT_ONCE, '<$1$2></$1>')
  const blocks = htmlBlocks(html)
  if (title !== undefined && blocks.length > 0 && blocks.every(({ level }) => level === undefined)) {
    // What the chapter shows as its title may be no heading, but a line in larger letters.
    writer.add({ text: title, level: 1 })
  }
  for (const { text, level } of blocks) writer.add(level === undefined ? { text } : { text, level })
}
