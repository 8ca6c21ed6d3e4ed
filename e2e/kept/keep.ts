/**
 * Fills a library in the built page, as people do, and keeps it for all later versions, as `library-<version>.json` beside
 * this source: `npx tsx e2e/kept/keep.ts`, after `npm run build`. A file that is there stays, unless told to `--force`.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { chromium } from '@playwright/test'
import { findSystemBrowser } from '../../tools/ensure-browser.mjs'
import { serve } from '../../tools/serve.mjs'
import { type KeptDatabase, openOutside, readDatabase } from './databases.ts'
import { closeWhileAdding, fillLibrary, LEARNED_FROM, OPENINGS } from './fill-library.ts'
import { withIdentity } from './identity-head.ts'
import { formatKept, KEPT_DATABASES, KEPT_FOLDER, type KeptLibrary, keptName } from './kept-library.ts'
import { KEPT_NOTES, UNTAKEN } from './kept-notes.ts'
import { servedModel } from './served-model.ts'

/** Bytes that a kept file may have: it stays for ever. */
const LARGEST = 100_000

const { values } = parseArgs({ options: { force: { type: 'boolean', default: false } } })

const library = await makeLibrary()
const name = keptName(library.databases)
const path = join(KEPT_FOLDER, name)
const text = formatKept(library)
const bytes = Buffer.byteLength(text)
if (bytes > LARGEST) throw new Error(`expected at most ${LARGEST} bytes for ${name}, got ${bytes}`)
if (existsSync(path) && !values.force) {
  throw new Error(`There is a ${name} already, and it stands for what people have: raise a version first.`)
}
writeFileSync(path, text)
console.log(`${name}: ${bytes} bytes`)

/** A tab may end before the bytes of what waits are kept; they would be most of the file. */
function withoutBytes(database: KeptDatabase): KeptDatabase {
  const stores = database.stores.map(store => (store.name === 'bytes' ? { ...store, rows: [] } : store))
  return { ...database, stores }
}

async function makeLibrary(): Promise<KeptLibrary> {
  const server = await serve({ port: 0 })
  const found = findSystemBrowser()?.path
  const browser = await chromium.launch(found === undefined ? {} : { executablePath: found })
  try {
    const context = await browser.newContext({ baseURL: server.address })
    // What runs TypeScript here wraps functions in a call that the page does not know.
    await context.addInitScript({ content: 'globalThis.__name = named => named' })
    const page = await context.newPage()
    await fillLibrary(page)
    await closeWhileAdding(page)
    const outside = await context.newPage()
    await openOutside(outside)
    const databases = []
    for (const database of KEPT_DATABASES) databases.push(await readDatabase(outside, database))
    return {
      model: await servedModel(outside),
      expected: {
        documents: KEPT_NOTES.map(({ expected }) => expected),
        openings: OPENINGS.length,
        learnedFrom: LEARNED_FROM,
        untaken: UNTAKEN.map(({ name }) => name),
      },
      databases: databases.map(withIdentity).map(withoutBytes),
    }
  } finally {
    await browser.close()
    await server.close()
  }
}
