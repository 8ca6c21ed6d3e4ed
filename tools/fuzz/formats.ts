import { readdirSync } from 'node:fs'
import { readFile } from '../../src/adapters/read-file.ts'
import type { Reading } from '../../src/adapters/reading.ts'
import { fixtureBytes } from '../fixtures/fixture-bytes.ts'

/** A format as the fuzz tests know it: a good file, and what reads it. */
export interface FormatCase {
  readonly name: string
  readonly fixture: Uint8Array<ArrayBuffer>
  read(bytes: Uint8Array<ArrayBuffer>): Promise<Reading>
}

const FIXTURES = new URL('../../src/adapters/formats/fixtures/', import.meta.url)

// pdf.js makes one of these when it is loaded, for drawing; Node has none.
const platform = globalThis as { DOMMatrix?: unknown }
platform.DOMMatrix ??= Object

/** One needs a file that the page fetches, as Node cannot; the other is an archive that only its key takes apart. */
const LEFT_OUT: ReadonlySet<string> = new Set(['japanese.pdf', 'locked.zip'])

/** All files that the tests read, each as if it had been dropped. */
export const FORMATS: readonly FormatCase[] = readdirSync(FIXTURES)
  .filter(name => !name.includes('.golden.') && !LEFT_OUT.has(name))
  .map(name => ({ name, fixture: fixtureBytes(name), read: bytes => readDropped(name, bytes) }))

/** All documents of a file as one reading; what of it cannot be read is missing. */
async function readDropped(name: string, bytes: Uint8Array<ArrayBuffer>): Promise<Reading> {
  const blocks: Reading['blocks'][number][] = []
  const missing: string[] = []
  let title: string | undefined
  const file = { name, path: name, modifiedAt: 0, blob: new Blob([bytes]) }
  for await (const part of readFile(file)) {
    if ('id' in part) {
      title ??= part.title
      blocks.push({ text: part.text })
      missing.push(...(part.missing ?? []))
    } else missing.push(part.reason)
  }
  return { title, blocks, missing }
}
