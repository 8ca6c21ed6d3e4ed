import { readdirSync, readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { KEPT_DATABASES, keptName, keptNames, readKept } from '../../e2e/kept/kept-library.ts'
import { HEADS_VERSION } from './idb-head-store.ts'
import { LOG_VERSION } from './idb-interaction-log.ts'
import { LIBRARY_VERSION } from './idb-schema.ts'
import { WAITING_VERSION } from './idb-waiting-files.ts'

const VERSIONS = [
  { name: 'belfry', version: LIBRARY_VERSION },
  { name: 'belfry-log', version: LOG_VERSION },
  { name: 'belfry-heads', version: HEADS_VERSION },
  { name: 'belfry-waiting', version: WAITING_VERSION },
]

/** What can be made, fetched, chosen, typed or compared again, and handles, which no file can hold. */
const NOT_KEPT = [
  'belfry-models',
  'belfry-snapshots',
  'belfry-choices',
  'belfry-sync',
  'belfry-server',
  'belfry-folders',
]

const HOW =
  'The version of a database is new. Keep a library of it, which every later version must open: ' +
  '`npm run build && npx tsx e2e/kept/keep.ts`, then `npx playwright test kept`, and commit the file.'

it('keeps a library of the present versions of all databases', () => {
  expect(keptNames(), HOW).toContain(keptName(VERSIONS))
  const versions = readKept(keptName(VERSIONS)).databases.map(({ name, version }) => ({ name, version }))
  expect(versions, HOW).toEqual(VERSIONS)
})

it('keeps what has several segments, a learned version, openings and files that wait', () => {
  for (const name of keptNames()) {
    const stores = readKept(name).databases.flatMap(({ stores }) => stores)
    const rowsOf = (store: string) => stores.find(one => one.name === store)?.rows.length ?? 0
    expect(rowsOf('texts')).toBeGreaterThan(rowsOf('documents'))
    for (const store of ['documents', 'versions', 'entries', 'files'])
      expect(rowsOf(store)).toBeGreaterThan(0)
  }
})

it('leaves out no database but those that can be made or fetched again', () => {
  const folder = new URL('.', import.meta.url)
  const sources = readdirSync(folder).filter(name => /^idb-[a-z-]+\.ts$/.test(name))
  const names = sources.flatMap(source => {
    const text = readFileSync(new URL(source, folder), 'utf8')
    return [...text.matchAll(/\bname = '(belfry[a-z-]*)'/g)].map(([, name]) => name)
  })
  expect(new Set(names)).toEqual(new Set([...KEPT_DATABASES, ...NOT_KEPT]))
})

it('names a kept file by the versions that are not the first', () => {
  const first = VERSIONS.map(one => ({ ...one, version: 1 }))
  expect(keptName(first)).toBe('library-1.json')
  const log2 = first.map(one => (one.name === 'belfry-log' ? { ...one, version: 2 } : one))
  expect(keptName(log2)).toBe('library-1-log-2.json')
  expect(keptName(VERSIONS.map(one => ({ ...one, version: 3 })))).toBe(
    'library-3-log-3-heads-3-waiting-3.json',
  )
})
