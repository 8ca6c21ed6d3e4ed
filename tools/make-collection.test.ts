import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, expect, test } from 'vitest'

const run = promisify(execFile)
const script = fileURLToPath(new URL('make-collection.mjs', import.meta.url))
const folder = await mkdtemp(join(tmpdir(), 'belfry-collection-'))
afterAll(() => rm(folder, { recursive: true }))

async function make(name: string, ...options: string[]) {
  const out = join(folder, name, 'docs')
  await run(process.execPath, [script, '--out', out, '--files', '40', '--bytes', '120000', ...options])
  const entries = await readdir(out, { recursive: true })
  const files = entries.filter(entry => /\.(?:md|html)$/.test(entry)).toSorted()
  const texts = await Promise.all(files.map(file => readFile(join(out, file), 'utf8')))
  const queries: unknown = JSON.parse(await readFile(join(folder, name, 'queries.json'), 'utf8'))
  return { files, texts, queries: queries as { query: string; file: string; fact: string }[] }
}

test('writes as many files and about as many bytes as asked for, each fact in one file only', async () => {
  const { files, texts, queries } = await make('a', '--html', '0.5')
  expect(files).toHaveLength(40)
  expect(new Set(files.map(file => file.split('.').at(-1)))).toEqual(new Set(['md', 'html']))
  const size = texts.join('').length
  expect(size).toBeGreaterThan(110_000)
  expect(size).toBeLessThan(160_000)
  expect(queries).toHaveLength(4)
  for (const { file, fact } of queries) {
    expect(files.filter((_, i) => texts[i]?.includes(fact))).toEqual([file])
  }
})

test('plants a fact in as many files as asked for', async () => {
  const { files, queries } = await make('e', '--every', '1')
  expect(queries.map(({ file }) => file).toSorted()).toEqual(files)
  expect(new Set(queries.map(({ query }) => query)).size).toBe(files.length)
})

test('writes the same for the same seed, and something else for another', async () => {
  const first = await make('b', '--seed', '7')
  expect(await make('c', '--seed', '7')).toEqual(first)
  expect((await make('d', '--seed', '8')).texts).not.toEqual(first.texts)
})
