/**
 * Packs the character maps of pdf.js into src/adapters/formats/cmaps.bin (the layout is in pdf-cmaps.ts). To be run
 * again when pdfjs-dist is updated; a test compares the two.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'

const MAPS = fileURLToPath(new URL('../node_modules/pdfjs-dist/cmaps/', import.meta.url))
const TARGET = fileURLToPath(new URL('../src/adapters/formats/cmaps.bin', import.meta.url))

/** @returns {Buffer} the packed file */
export function packCMaps() {
  const files = readdirSync(MAPS).filter(file => file.endsWith('.bcmap'))
  /** @type {Record<string, [number, number]>} */
  const table = {}
  const maps = []
  let offset = 0
  for (const file of files.toSorted()) {
    const bytes = readFileSync(MAPS + file)
    table[file.replace('.bcmap', '')] = [offset, bytes.length]
    maps.push(bytes)
    offset += bytes.length
  }
  const json = Buffer.from(JSON.stringify(table))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(json.length)
  return Buffer.concat([Buffer.from('BFCMAPS1'), length, json, ...maps])
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  writeFileSync(TARGET, packCMaps())
}
