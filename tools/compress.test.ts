import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { compressFolder } from './compress.mjs'

const TEXT = 'the bell of the tower tells the hour\n'.repeat(100)

let folder = ''
let root = ''
let cache = ''

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-compress-'))
  root = join(folder, 'dist')
  cache = join(folder, 'cache')
  await mkdir(join(root, 'assets'), { recursive: true })
  await writeFile(join(root, 'assets/app.js'), TEXT)
})

afterEach(async () => {
  await rm(folder, { recursive: true })
})

it('writes siblings that decompress to the file', async () => {
  await compressFolder({ root, cache })
  const br = await readFile(join(root, 'assets/app.js.br'))
  const gz = await readFile(join(root, 'assets/app.js.gz'))
  expect([brotliDecompressSync(br).toString(), gunzipSync(gz).toString()]).toEqual([TEXT, TEXT])
})

it('leaves alone what is small, what is a picture and what does not shrink', async () => {
  await writeFile(join(root, 'small.js'), 'let a')
  await writeFile(join(root, 'icon.png'), TEXT)
  await writeFile(join(root, 'noise.bin'), await incompressible())
  await compressFolder({ root, cache })
  expect((await readdir(root)).toSorted()).toEqual(['assets', 'icon.png', 'noise.bin', 'small.js'])
})

it('compresses nothing twice and keeps no result that is not in use', async () => {
  const first = await compressFolder({ root, cache })
  const second = await compressFolder({ root, cache })
  await writeFile(join(root, 'assets/app.js'), `${TEXT}!`)
  const third = await compressFolder({ root, cache })
  expect([first.fromCache, second.fromCache, third.fromCache]).toEqual([0, 2, 0])
  expect(await readdir(cache)).toHaveLength(2)
})

it('removes siblings of files that are gone', async () => {
  await compressFolder({ root, cache })
  await rm(join(root, 'assets/app.js'))
  await compressFolder({ root, cache })
  expect(await readdir(join(root, 'assets'))).toEqual([])
})

/** Bytes of a hash: no coding finds a pattern in them. */
async function incompressible() {
  const blocks = await Promise.all(
    Array.from({ length: 128 }, (_, i) => crypto.subtle.digest('SHA-256', Uint8Array.of(i))),
  )
  return Buffer.concat(blocks.map(block => new Uint8Array(block)))
}
