import { readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import type { Reading } from '../reading.ts'
import { fixtureArchive } from '../../../tools/fixtures/fixture-bytes.ts'
import { readDocx } from './read-docx.ts'
import { readEpub } from './read-epub.ts'
import { readOdf } from './read-odf.ts'
import { readPptx } from './read-pptx.ts'
import { readXlsx } from './read-xlsx.ts'
import type { ZipArchive } from './zip-archive.ts'

const READERS: Readonly<Record<string, (archive: ZipArchive) => Promise<Reading>>> = {
  'report.docx': readDocx,
  'handbook.docx': readDocx,
  'talk.pptx': readPptx,
  'handbook.pptx': readPptx,
  'stock.xlsx': readXlsx,
  'report.odt': readOdf,
  'handbook.odt': readOdf,
  'stock.ods': readOdf,
  'talk.odp': readOdf,
  'handbook.epub': readEpub,
}

/** What was read and looked over by a person. With UPDATE_GOLDENS=1 in the environment, it is written anew. */
function golden(name: string, reading: Reading): unknown {
  const file = new URL(`fixtures/${name}.golden.json`, import.meta.url)
  if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(file, `${JSON.stringify(reading, null, 2)}\n`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

describe('documents of real programs', () => {
  it.each(Object.keys(READERS))('%s is read as a person would', async name => {
    const reading = await READERS[name]?.(await fixtureArchive(name))
    if (reading === undefined) throw new Error(`expected a reader for ${name}, got none`)
    // As JSON, what is undefined is not there.
    expect(JSON.parse(JSON.stringify(reading))).toEqual(golden(name, reading))
  })
})
