import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import { failure } from '../../core/errors.ts'
import { findCMap, type LoadCMaps } from './pdf-cmaps.ts'

/** Only errors; what pdf.js warns about is of no use to anybody here. */
const QUIET = 0

export interface OpenPdf {
  readonly document: PDFDocumentProxy
  /** Frees all that is held of it. */
  close(): Promise<void>
}

/**
 * Opens a PDF with pdf.js in this very thread, which is to be a worker that may be stopped: no thread below it that could
 * outlive it, no eval, no fonts, no scripts, no XFA, nothing fetched but the character maps. The legacy build runs where
 * the newest parts of JavaScript are missing, Node 20 among them.
 *
 * @param bytes are copied
 * Images are skipped, never decoded.
 * @param stopAtImages ends a page's operator list at its first image
 * @throws UnreadableFile
 */
export async function openPdf(
  bytes: Uint8Array,
  loadCMaps: LoadCMaps,
  stopAtImages = false,
): Promise<OpenPdf> {
  const { getDocument } = await loadPdfJs()
  const task = getDocument({
    data: bytes.slice(),
    verbosity: QUIET,
    isEvalSupported: false,
    enableXfa: false,
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    useWorkerFetch: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    disableRange: true,
    disableStream: true,
    disableAutoFetch: true,
    CMapReaderFactory: cMapReader(loadCMaps),
    StandardFontDataFactory: NoFile,
    WasmFactory: NoFile,
    maxImageSize: 0,
    stopAtErrors: stopAtImages,
  })
  try {
    return { document: await task.promise, close: () => task.destroy() }
  } catch (thrown) {
    await task.destroy()
    throw unreadable(thrown)
  }
}

/** With the worker's code loaded beside it, pdf.js takes its messages to that and starts no worker of its own. */
async function loadPdfJs() {
  await import('pdfjs-dist/legacy/build/pdf.worker.mjs')
  return import('pdfjs-dist/legacy/build/pdf.mjs')
}

/** pdf.js calls its doors to the outside with `new`. */
function cMapReader(loadCMaps: LoadCMaps): new () => object {
  return class {
    async fetch({ name }: { name: string }) {
      const cMapData = findCMap(await loadCMaps(), name)
      if (cMapData === undefined)
        throw new Error(`expected a character map of PDF, got ${JSON.stringify(name)}`)
      return { cMapData, isCompressed: true }
    }
  }
}

/** Fonts and decoders are for drawing; text is read without. */
class NoFile {
  fetch(): Promise<never> {
    return Promise.reject(new Error('not needed to read text'))
  }
}

function unreadable(thrown: unknown): Error {
  const name = thrown instanceof Error ? thrown.name : ''
  if (name === 'PasswordException') {
    return failure(
      'UnreadableFile',
      'This PDF is locked with a password. Save it without one and add it again.',
      thrown,
    )
  }
  return failure('UnreadableFile', 'This PDF is damaged: it could not be opened.', thrown)
}
