/** The formats of this folder that come with real files, for tests and for the long form of the fuzzing. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Reading } from '../reading.ts'
import { readEml } from './eml.ts'
import { readMhtml } from './mhtml.ts'
import { readPdf } from './pdf.ts'
import { readRtf } from './rtf.ts'

export interface FormatFixture {
  readonly name: string
  readonly fixture: Uint8Array<ArrayBuffer>
  read(bytes: Uint8Array<ArrayBuffer>): Promise<Reading>
}

// pdf.js makes one of these when it is loaded, for drawing; Node has none.
const platform = globalThis as { DOMMatrix?: unknown }
platform.DOMMatrix ??= Object

const folder = new URL('./', import.meta.url)

/** A file of this folder. */
export function bytesOf(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(fileURLToPath(new URL(name, folder))))
}

export const loadCMaps = () => Promise.resolve(bytesOf('cmaps.bin'))

const READERS: Readonly<Record<string, FormatFixture['read']>> = {
  'tagged.pdf': bytes => readPdf(bytes, { loadCMaps }),
  'outline.pdf': bytes => readPdf(bytes, { loadCMaps }),
  'columns.pdf': bytes => readPdf(bytes, { loadCMaps }),
  'office.pdf': bytes => readPdf(bytes, { loadCMaps }),
  'half-scanned.pdf': bytes => readPdf(bytes, { loadCMaps }),
  'japanese.pdf': bytes => readPdf(bytes, { loadCMaps }),
  'letter.eml': async bytes => (await readEml(bytes)).reading,
  'page.eml': async bytes => (await readEml(bytes)).reading,
  'page.mhtml': async bytes => readMhtml(bytes),
  'office.rtf': async bytes => readRtf(bytes),
  'pandoc.rtf': async bytes => readRtf(bytes),
}

export const pdfMailFixtures: readonly FormatFixture[] = Object.entries(READERS).map(([name, read]) => ({
  name,
  fixture: bytesOf(`fixtures/${name}`),
  read,
}))

/** A reading as a person can compare it: what it says of itself, then the blocks. Dates are left out. */
export function goldenOf({ title, authors, blocks, missing }: Reading): string {
  const head = [
    `title: ${title ?? '-'}`,
    `authors: ${authors?.join('; ') ?? '-'}`,
    `missing: ${missing?.join(' ') ?? '-'}`,
  ]
  const body = blocks.map(({ text, level, page }) => {
    const marks = [level === undefined ? '' : `h${level}`, page === undefined ? '' : `p${page}`].filter(
      Boolean,
    )
    return `[${marks.join(' ')}] ${text}`
  })
  return [...head, ...body, ''].join('\n\n')
}
