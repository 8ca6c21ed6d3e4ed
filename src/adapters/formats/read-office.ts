import { failure } from '../../core/errors.ts'
import type { LibraryBlob } from '../../core/ports/files.ts'
import type { Reading } from '../reading.ts'
import { compoundFileReason, isCompoundFile } from './compound-file.ts'
import { pathOfType, relationshipsOf } from './office-package.ts'
import { readDocx } from './read-docx.ts'
import { readEpub } from './read-epub.ts'
import { readOdf } from './read-odf.ts'
import { readPptx } from './read-pptx.ts'
import { readXlsx } from './read-xlsx.ts'
import { openZip, type ZipArchive } from './zip-archive.ts'
import { createZipBudget } from './zip-limits.ts'

export type OfficeKind = 'docx' | 'pptx' | 'xlsx' | 'odf' | 'epub'

const READERS: Readonly<Record<OfficeKind, (archive: ZipArchive) => Promise<Reading>>> = {
  docx: readDocx,
  pptx: readPptx,
  xlsx: readXlsx,
  odf: readOdf,
  epub: readEpub,
}
const HEAD_BYTES = 8
const LONGEST_MIME = 200

/**
 * A document of an office program, or an electronic book, whatever its name.
 * @throws UnreadableFile with a sentence: of an old format, protected with a password, damaged, or something else.
 */
export async function readOffice(blob: LibraryBlob): Promise<Reading> {
  const head = new Uint8Array(await blob.slice(0, HEAD_BYTES).arrayBuffer())
  if (isCompoundFile(head)) {
    throw failure('UnreadableFile', compoundFileReason(new Uint8Array(await blob.arrayBuffer())))
  }
  const reading = await readOfficeArchive(await openZip(blob, createZipBudget()))
  if (reading !== undefined) return reading
  throw failure('UnreadableFile', 'The file is an archive, and no document of a kind that Belfry knows.')
}

/** The document that an archive is; `undefined` when it is a plain one. */
export async function readOfficeArchive(archive: ZipArchive): Promise<Reading | undefined> {
  const kind = await officeKind(archive)
  return kind && READERS[kind](archive)
}

/** What an archive is a document of; `undefined` when it is a plain one. */
export async function officeKind(archive: ZipArchive): Promise<OfficeKind | undefined> {
  const mime = await mimeOf(archive)
  if (mime.startsWith('application/epub')) return 'epub'
  if (mime.startsWith('application/vnd.oasis.opendocument')) return 'odf'
  if (archive.entry('META-INF/container.xml') !== undefined && mime === '') return 'epub'
  if (archive.entry('[Content_Types].xml') === undefined) return undefined
  const main = pathOfType(await relationshipsOf(archive, ''), 'officeDocument') ?? ''
  if (main.endsWith('.bin')) {
    throw failure(
      'UnreadableFile',
      'Belfry does not read binary workbooks (.xlsb). Save the workbook as .xlsx and add it again.',
    )
  }
  const has = (folder: string, part: string) => main.startsWith(folder) || archive.entry(part) !== undefined
  if (has('word/', 'word/document.xml')) return 'docx'
  if (has('ppt/', 'ppt/presentation.xml')) return 'pptx'
  return has('xl/', 'xl/workbook.xml') ? 'xlsx' : undefined
}

/** Of the entry in which OpenDocument and EPUB say what they are; empty when there is none. */
async function mimeOf(archive: ZipArchive): Promise<string> {
  const entry = archive.entry('mimetype')
  if (entry === undefined || entry.size > LONGEST_MIME) return ''
  return new TextDecoder().decode(await archive.read(entry)).trim()
}
