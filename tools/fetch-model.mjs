/**
 * Puts another model into the build, from its address and the SHA-256 of its description alone: that names all files
 * with theirs. As a command: `node tools/fetch-model.mjs <address of manifest.json> <SHA-256> <folder>`; an empty
 * address leaves the folder as it is.
 */
import { createHash } from 'node:crypto'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Milliseconds that a file may take. */
const PATIENCE = 10 * 60_000
/** Inside the folder, and nothing that means something in an address. */
const PLAIN_PATH = /^(?!\.)[\w.-]+(\/(?!\.)[\w.-]+)*$/

/**
 * Replaces a folder by a model, once all of its files are there and right.
 *
 * @param {{ url: string, sha256: string, folder: string }} model `url` is that of its manifest.json, `sha256`, in
 *   hexadecimal, its digest
 * @returns {Promise<string[]>} the files written
 * @throws {Error} a sentence, when a file cannot be had or is another one; the folder is then as it was
 */
export async function fetchModel({ url, sha256, folder }) {
  if (!/^[0-9a-f]{64}$/i.test(sha256)) {
    throw new Error(
      `MODEL_SHA256 must be the 64 hexadecimal digits of the manifest's SHA-256, not "${sha256}".`,
    )
  }
  const manifest = await download(new URL(url), sha256)
  const files = filesOf(manifest, url)
  const fresh = `${folder}.new`
  try {
    await save(join(fresh, 'manifest.json'), manifest)
    for (const { path, sha256: digest } of files) {
      await save(join(fresh, path), await download(new URL(path, url), digest))
    }
    await rm(folder, { recursive: true, force: true })
    await rename(fresh, folder)
  } finally {
    await rm(fresh, { recursive: true, force: true })
  }
  return ['manifest.json', ...files.map(file => file.path)]
}

function filesOf(manifest, url) {
  const { files } = JSON.parse(manifest.toString())
  const wrong = files?.find(({ path }) => !PLAIN_PATH.test(path))
  if (wrong)
    throw new Error(`The manifest at ${url} names "${wrong.path}", which is no path inside a model's folder.`)
  if (files?.length > 0) return files
  throw new Error(`The manifest at ${url} names no files, so it is none of a Belfry model.`)
}

async function download(url, sha256) {
  const response = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) })
  if (!response.ok) throw new Error(`${url} was answered with ${response.status} ${response.statusText}.`)
  const bytes = Buffer.from(await response.arrayBuffer())
  const digest = createHash('sha256').update(bytes).digest('hex')
  if (digest === sha256.toLowerCase()) return bytes
  throw new Error(`${url} is not what was expected: its SHA-256 is ${digest}, not ${sha256}.`)
}

async function save(path, bytes) {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, bytes)
}

async function main([url, sha256 = '', folder]) {
  if (folder === undefined)
    throw new Error('Usage: fetch-model.mjs <address of manifest.json> <SHA-256> <folder>')
  if (url === '') return `The model in ${folder} stays.`
  return `${folder}: ${(await fetchModel({ url, sha256, folder })).join(', ')}`
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  try {
    console.log(await main(process.argv.slice(2)))
  } catch (error) {
    console.error(error.message)
    process.exitCode = 1
  }
}
