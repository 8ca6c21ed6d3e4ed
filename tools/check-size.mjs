/**
 * Holds the first load to its budget: the JavaScript and CSS that dist/index.html asks for, with all that those
 * scripts import statically, after gzip. Workers, wasm and the model are fetched later and do not count.
 */
import { readFile } from 'node:fs/promises'
import { posix } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { gzipSync } from 'node:zlib'

const DIST = fileURLToPath(new URL('../dist/', import.meta.url))
const BUDGET_KB = 150

/**
 * The files of the first load and their bytes after gzip.
 *
 * @param {(path: string) => Promise<Buffer>} read a file of dist/, by its path without a leading "/"
 * @returns {Promise<Map<string, number>>}
 * @throws {Error} when index.html names no script, so that an empty page cannot pass
 */
export async function firstLoad(read) {
  const html = (await read('index.html')).toString()
  const waiting = [...tagsOf(html)].map(path => path.replace(/^\//, ''))
  if (!waiting.some(path => path.endsWith('.js'))) throw new Error('dist/index.html names no script.')
  const sizes = new Map()
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (sizes.has(path)) continue
    const bytes = await read(path)
    sizes.set(path, gzipSync(bytes, { level: 9 }).length)
    if (path.endsWith('.js')) waiting.push(...importsOf(bytes.toString(), path))
  }
  return sizes
}

/** What scripts, style sheets and module preloads of a page point to, of our own origin. */
function* tagsOf(html) {
  for (const [tag] of html.matchAll(/<(?:script|link)\b[^>]*>/g)) {
    if (tag.startsWith('<link') && !/rel="(?:stylesheet|modulepreload)"/.test(tag)) continue
    const path = /(?:src|href)="([^"]+)"/.exec(tag)?.[1]
    if (path !== undefined) yield path
  }
}

/** Static imports and re-exports as the bundler writes them, minified or not; `import(…)` is for later. */
function importsOf(script, from) {
  const statements = script.matchAll(
    /\b(?:import|export)\s*(?:[\w$*{][^"'`;()]*?\bfrom\s*|\s*)["'](\.{1,2}\/[^"']+)["']/g,
  )
  return [...statements].map(([, path = '']) => posix.join(posix.dirname(from), path))
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const sizes = await firstLoad(path => readFile(DIST + path))
  for (const [path, bytes] of sizes) console.log(`${(bytes / 1000).toFixed(1).padStart(8)} kB  ${path}`)
  const total = [...sizes.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000
  const over = total > BUDGET_KB
  console.log(
    `size: first load ${total.toFixed(1)} kB of JavaScript and CSS after gzip, budget ${BUDGET_KB} kB`,
  )
  if (over) console.error(`size: over the budget by ${(total - BUDGET_KB).toFixed(1)} kB`)
  process.exitCode = over ? 1 : 0
}
