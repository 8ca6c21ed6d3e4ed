/** Who reads a file that is one document. Each reader is fetched when the first file of its kind comes. */
import type { Extracted } from '../core/ports/extractor.ts'
import type { LibraryBlob, SourceFile } from '../core/ports/files.ts'
import type { TableHead } from '../core/table.ts'
import { declaredCharset, decodeText } from './decode-text.ts'
import type { ReaderName, SourceReader, StreamReader } from './file-kind.ts'
import { readHtml } from './html-extractor.ts'
import { readMarkdown } from './markdown-extractor.ts'
import { readPlainText } from './plain-text-extractor.ts'
import type { TableOptions } from './formats/table-documents.ts'
import type { InnerFile, Reading } from './reading.ts'

export interface DocumentReading {
  readonly reading: Reading
  /** What was sent along with it. */
  readonly files?: readonly InnerFile[]
}

export type SingleReader = Exclude<ReaderName, 'archive' | 'mbox' | StreamReader>

interface FormatReader {
  /** The largest file, in MiB: it is in memory whole, and its text beside it. */
  readonly mebibytes: number
  readonly read: (bytes: Uint8Array<ArrayBuffer>, name: string) => Promise<DocumentReading>
}

/** A reader of text, which is decoded for it. */
function ofText(load: () => Promise<(text: string, name: string) => Reading>): FormatReader {
  return {
    mebibytes: 64,
    read: async (bytes, name) => ({ reading: (await load())(decodeText(bytes), name) }),
  }
}

const SOURCE_READERS: Readonly<Record<SourceReader, FormatReader>> = {
  code: ofText(async () => (await import('./formats/read-code.ts')).readCode),
  notebook: ofText(async () => (await import('./formats/read-notebook.ts')).readNotebook),
  subtitles: ofText(async () => (await import('./formats/read-subtitles.ts')).readSubtitles),
  calendar: ofText(async () => (await import('./formats/read-cards.ts')).readCalendar),
  contacts: ofText(async () => (await import('./formats/read-cards.ts')).readContacts),
  bib: ofText(async () => (await import('./formats/read-entries.ts')).readBib),
  po: ofText(async () => (await import('./formats/read-entries.ts')).readPo),
  org: ofText(async () => (await import('./formats/read-markup.ts')).readOrg),
  rst: ofText(async () => (await import('./formats/read-markup.ts')).readRst),
  tex: ofText(async () => (await import('./formats/read-markup.ts')).readTex),
  yaml: ofText(async () => (await import('./formats/read-settings.ts')).readYaml),
  ini: ofText(async () => (await import('./formats/read-settings.ts')).readIni),
  xml: ofText(async () => (await import('./formats/read-xml-text.ts')).readXmlText),
  svg: ofText(async () => (await import('./formats/read-svg.ts')).readSvg),
}

export const FORMAT_READERS: Readonly<Record<SingleReader, FormatReader>> = {
  ...SOURCE_READERS,
  image: {
    mebibytes: 256,
    async read(bytes) {
      const { readImageWords } = await import('./formats/read-image-words.ts')
      return { reading: await readImageWords(new Blob([bytes])) }
    },
  },
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
  const [{ readOffice, readOfficeArchive }, { openZip }, { isCompoundFile }] = await Promise.all([
    import('./formats/read-office.ts'),
    import('./formats/zip-archive.ts'),
    import('./formats/compound-file.ts'),
  ])
  const head = new Uint8Array(await blob.slice(0, 8).arrayBuffer())
  return isCompoundFile(head) ? readOffice(blob) : readOfficeArchive(await openZip(blob))
}

/** The documents of rows, one after the other. */
export async function streamReader(
  reader: StreamReader,
): Promise<(file: SourceFile, options: TableOptions) => AsyncGenerator<Extracted>> {
  switch (reader) {
    case 'table':
      return (await import('./formats/read-table.ts')).readTable
    case 'json-lines':
      return (await import('./formats/read-json-lines.ts')).readJsonLines
    case 'json':
      return (await import('./formats/read-json.ts')).readJson
  }
}

/** The beginning of such rows. */
export async function headReader(
  reader: StreamReader,
): Promise<(file: SourceFile) => Promise<TableHead | undefined>> {
  switch (reader) {
    case 'table':
      return (await import('./formats/read-table.ts')).readTableHead
    case 'json-lines':
      return (await import('./formats/read-json-lines.ts')).readJsonLinesHead
    case 'json':
      return (await import('./formats/read-json.ts')).readJsonHead
  }
}
