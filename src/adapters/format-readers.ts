/** Who reads a file that is one document. Each reader is fetched when the first file of its kind comes. */
import type { LibraryBlob } from '../core/ports.ts'
import { declaredCharset, decodeText } from './decode-text.ts'
import type { ReaderName } from './file-kind.ts'
import { readHtml } from './html-extractor.ts'
import { readMarkdown } from './markdown-extractor.ts'
import { readPlainText } from './plain-text-extractor.ts'
import type { InnerFile, Reading } from './reading.ts'

export interface DocumentReading {
  readonly reading: Reading
  /** What was sent along with it. */
  readonly files?: readonly InnerFile[]
}

export type SingleReader = Exclude<ReaderName, 'archive' | 'mbox'>

interface FormatReader {
  /** The largest file, in MiB: it is in memory whole, and its text beside it. */
  readonly mebibytes: number
  readonly read: (bytes: Uint8Array<ArrayBuffer>) => Promise<DocumentReading>
}

export const FORMAT_READERS: Readonly<Record<SingleReader, FormatReader>> = {
  text: { mebibytes: 64, read: async bytes => ({ reading: readPlainText(decodeText(bytes)) }) },
  markdown: { mebibytes: 64, read: async bytes => ({ reading: readMarkdown(decodeText(bytes)) }) },
  html: {
    mebibytes: 64,
    read: async bytes => ({ reading: readHtml(decodeText(bytes, declaredCharset(bytes))) }),
  },
  pdf: {
    mebibytes: 256,
    async read(bytes) {
      const { readPdf } = await import('./formats/pdf.ts')
      return { reading: await readPdf(bytes) }
    },
  },
  rtf: {
    mebibytes: 64,
    async read(bytes) {
      const { readRtf } = await import('./formats/rtf.ts')
      return { reading: readRtf(bytes) }
    },
  },
  eml: {
    mebibytes: 64,
    async read(bytes) {
      const { readEml } = await import('./formats/eml.ts')
      return readEml(bytes)
    },
  },
  mhtml: {
    mebibytes: 64,
    async read(bytes) {
      const { readMhtml } = await import('./formats/mhtml.ts')
      return { reading: readMhtml(bytes) }
    },
  },
}

/** A document of an office program or an electronic book; `undefined` for an archive of files. */
export async function readPackage(blob: LibraryBlob): Promise<Reading | undefined> {
  const [{ officeKind, readOffice }, { openZip }, { isCompoundFile }] = await Promise.all([
    import('./formats/read-office.ts'),
    import('./formats/zip-archive.ts'),
    import('./formats/compound-file.ts'),
  ])
  const head = new Uint8Array(await blob.slice(0, 8).arrayBuffer())
  const isDocument = isCompoundFile(head) || (await officeKind(await openZip(blob))) !== undefined
  return isDocument ? readOffice(blob) : undefined
}
