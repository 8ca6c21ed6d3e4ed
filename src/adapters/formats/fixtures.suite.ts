import { readFileSync } from 'node:fs'
import { createZipBudget } from './zip-limits.ts'
import { openZip, type ZipArchive } from './zip-archive.ts'

/** The bytes of a document that `tools/fixtures/make-office.mjs` made. */
export function fixtureBytes(name: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)))
}

export function fixtureArchive(name: string): Promise<ZipArchive> {
  return openZip(new Blob([fixtureBytes(name)]), createZipBudget())
}
