import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { findCMap } from '../src/adapters/formats/pdf-cmaps.ts'
import { packCMaps } from './pack-cmaps.mjs'

const committed = readFileSync(fileURLToPath(new URL('../src/adapters/formats/cmaps.bin', import.meta.url)))
const original = (name: string) =>
  readFileSync(fileURLToPath(new URL(`../node_modules/pdfjs-dist/cmaps/${name}.bcmap`, import.meta.url)))

test('the packed character maps are those of the pdf.js in use', () => {
  expect(committed.equals(packCMaps())).toBe(true)
})

test('finds each map by its name', () => {
  for (const name of ['78-EUC-H', 'UniJIS-UTF16-H', 'Adobe-Korea1-UCS2']) {
    expect(Buffer.from(findCMap(committed, name) ?? []).equals(original(name))).toBe(true)
  }
  expect(findCMap(committed, 'constructor')).toBeUndefined()
})
