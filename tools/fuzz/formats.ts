import type { Reading } from '../../src/adapters/reading.ts'
import { fixtureBytes } from '../fixtures/fixture-bytes.ts'
import { blobOf } from '../fixtures/make-zip.ts'
import { readOffice } from '../../src/adapters/formats/read-office.ts'
import { isBroken, zipEntries } from '../../src/adapters/formats/zip-entries.ts'

/** A format as the fuzz tests know it: a good file, and what reads it. */
export interface FormatCase {
  readonly name: string
  readonly fixture: Uint8Array<ArrayBuffer>
  read(bytes: Uint8Array<ArrayBuffer>): Promise<Reading>
}

const OFFICE = [
  'report.docx',
  'handbook.docx',
  'talk.pptx',
  'handbook.pptx',
  'stock.xlsx',
  'report.odt',
  'stock.ods',
  'talk.odp',
  'handbook.epub',
  'report.doc',
]

/** All formats whose fixtures are mutated. */
export const FORMATS: readonly FormatCase[] = [
  ...OFFICE.map(name => ({
    name,
    fixture: fixtureBytes(name),
    read: (bytes: Uint8Array<ArrayBuffer>) => readOffice(blobOf(bytes)),
  })),
  { name: 'papers.zip', fixture: fixtureBytes('papers.zip'), read: readZip },
]

/** An archive's files as a reading: a block for each path, and what is missing. */
async function readZip(bytes: Uint8Array<ArrayBuffer>): Promise<Reading> {
  const blocks: { text: string }[] = []
  const missing: string[] = []
  for await (const entry of zipEntries(blobOf(bytes))) {
    if (isBroken(entry)) missing.push(entry.reason)
    else blocks.push({ text: entry.path })
  }
  return { title: undefined, blocks, missing }
}
