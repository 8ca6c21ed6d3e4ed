/**
 * Writes .br and .gz beside the files of dist/ that gain from it, so that servers compress nothing per request.
 * Results are kept under node_modules/.cache by content, so that a second build compresses only what changed.
 */
import { createHash } from 'node:crypto'
import { copyFile, mkdir, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises'
import { extname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { COMPRESSIBLE } from './headers.mjs'

const DIST = fileURLToPath(new URL('../dist', import.meta.url))
const CACHE = fileURLToPath(new URL('../node_modules/.cache/belfry-compress', import.meta.url))
/** Below this many bytes the headers outweigh the gain. */
const SMALLEST = 1024
/** A sibling that saves less than a twentieth is not worth its decompression. */
const WORTHWHILE = 0.95
/** Above this many bytes (1 MiB) Brotli's best quality is too slow: 40 s on the 27 MB of the runtime, under 2 s at 7. */
const LARGE = 1 << 20

const CODINGS = [
  {
    suffix: '.br',
    setting: bytes => (bytes.length > LARGE ? 7 : 11),
    encode: (bytes, quality) =>
      promisify(brotliCompress)(bytes, {
        params: {
          [constants.BROTLI_PARAM_QUALITY]: quality,
          [constants.BROTLI_PARAM_LGWIN]: 24,
          [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
        },
      }),
  },
  {
    suffix: '.gz',
    setting: bytes => (bytes.length > LARGE ? 6 : 9),
    encode: (bytes, level) => promisify(gzip)(bytes, { level }),
  },
]

/**
 * Compresses all that is worth it under a folder, in parallel on libuv's threads, and drops stale siblings.
 *
 * @param {{ root?: string, cache?: string }} [options]
 * @returns {Promise<{ files: number, bytes: number, br: number, gz: number, fromCache: number }>} `bytes` of the files
 *   before, `br` and `gz` after each coding (the file's own size where no sibling was written)
 */
export async function compressFolder({ root = DIST, cache = CACHE } = {}) {
  await mkdir(cache, { recursive: true })
  const paths = (await readdir(root, { recursive: true })).map(name => join(root, name))
  await Promise.all(paths.filter(path => /\.(br|gz)$/.test(path)).map(path => rm(path)))
  const compressible = paths.filter(path => COMPRESSIBLE.includes(extname(path).slice(1)))
  const written = await Promise.all(compressible.map(path => compressFile(path, cache)))
  await dropUnused(cache, new Set(written.flatMap(file => file.kept)))
  const sum = pick => written.reduce((total, file) => total + pick(file), 0)
  return {
    files: sum(file => (file.bytes < SMALLEST ? 0 : 1)),
    bytes: sum(file => file.bytes),
    br: sum(file => file['.br'] ?? file.bytes),
    gz: sum(file => file['.gz'] ?? file.bytes),
    fromCache: sum(file => file.fromCache),
  }
}

async function compressFile(path, cache) {
  const bytes = await readFile(path)
  const result = { bytes: bytes.length, kept: [], fromCache: 0 }
  if (bytes.length < SMALLEST) return result
  const hash = createHash('sha256').update(bytes).digest('hex')
  for (const { suffix, setting, encode } of CODINGS) {
    const level = setting(bytes)
    const name = `${hash}-${level}${suffix}`
    const { size, hit } = await encoded(join(cache, name), () => encode(bytes, level))
    result.kept.push(name)
    result.fromCache += hit ? 1 : 0
    if (size > bytes.length * WORTHWHILE) continue
    await copyFile(join(cache, name), path + suffix)
    // A time of its own: a copy may carry the cache entry's, older than the file it stands for.
    await utimes(path + suffix, new Date(), new Date())
    result[suffix] = size
  }
  return result
}

async function encoded(cached, encode) {
  const known = await readFile(cached).catch(() => undefined)
  if (known) return { size: known.length, hit: true }
  const made = await encode()
  await writeFile(cached, made)
  return { size: made.length, hit: false }
}

/** @param {number} bytes */
function kb(bytes) {
  return `${Math.round(bytes / 1000)} kB`
}

async function dropUnused(cache, kept) {
  const unused = (await readdir(cache)).filter(name => !kept.has(name))
  await Promise.all(unused.map(name => rm(join(cache, name), { force: true })))
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const began = performance.now()
  const { files, bytes, br, gz, fromCache } = await compressFolder()
  const seconds = ((performance.now() - began) / 1000).toFixed(1)
  console.log(
    `compressed ${files} files: ${kb(bytes)} → br ${kb(br)}, gzip ${kb(gz)} (${fromCache} kept from before, ${seconds} s)`,
  )
}
