/**
 * Chroma's server comes with the npm package `chromadb` as a native module. On Linux that module asks for glibc 2.39;
 * where the system has an older one, a private copy of it is loaded, changed so that it asks for no more than 2.34.
 */
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'

const PACKAGES = {
  'linux-x64': 'chromadb-js-bindings-linux-x64-gnu',
  'linux-arm64': 'chromadb-js-bindings-linux-arm64-gnu',
  'darwin-x64': 'chromadb-js-bindings-darwin-x64',
  'darwin-arm64': 'chromadb-js-bindings-darwin-arm64',
  'win32-x64': 'chromadb-js-bindings-win32-x64-msvc',
}
/** What glibc 2.38 renamed: the plain function does the same for what Chroma reads. */
const RENAMED = '__isoc23_'

const require = createRequire(import.meta.url)

/**
 * @returns {string | undefined} a sentence that says why there is no Chroma server for this system; `undefined` where
 *   there is one
 */
export function chromaProblem() {
  const name = `${process.platform}-${process.arch}`
  const pkg = PACKAGES[name]
  if (pkg === undefined) return `Chroma publishes no server for ${name}.`
  try {
    require.resolve(pkg)
    return undefined
  } catch {
    return `Chroma's server for ${name} is not installed (${pkg} is missing): run \`npm ci\`.`
  }
}

/**
 * @returns {{ cli: (words: string[]) => void }} `cli` runs Chroma's command line in this process
 * @throws {Error} a sentence, where the system has no such module
 */
export function loadChromaBinding() {
  const problem = chromaProblem()
  if (problem !== undefined) throw new Error(problem)
  const pkg = PACKAGES[`${process.platform}-${process.arch}`]
  try {
    return require(pkg)
  } catch (error) {
    if (process.platform !== 'linux' || !String(error.message).includes('GLIBC_2')) throw error
    return require(copyForOlderGlibc(require.resolve(pkg)))
  }
}

/** The copy is made once for each version of the module. */
function copyForOlderGlibc(source) {
  const { size, mtimeMs } = statSync(source)
  const version = createHash('sha256').update(`${source} ${size} ${mtimeMs}`).digest('hex').slice(0, 16)
  const copy = join(tmpdir(), `chroma-binding-${version}`, basename(source))
  if (existsSync(copy)) return copy
  const bytes = readFileSync(source)
  askForLess(bytes)
  mkdirSync(dirname(copy), { recursive: true })
  // Another process may be about to do the same.
  const draft = `${copy}.${process.pid}`
  writeFileSync(draft, bytes)
  renameSync(draft, copy)
  return copy
}

/**
 * Changes a 64-bit ELF module in place (System V ABI, and the GNU extension of symbol versions): versions of glibc above
 * 2.34 become weak, so that the loader does not insist on them, and the renamed functions get their plain names.
 */
function askForLess(bytes) {
  const sections = sectionsOf(bytes)
  const only = type => sections.find(section => section.type === type)
  const [needs, symbols, versions] = [only(0x6ffffffe), only(11), only(0x6fffffff)]
  const strings = sections[symbols.link].offset
  const { tooNew, oldest } = weaken(bytes, needs, strings)
  for (let i = 0; i < symbols.size / 24; i++) {
    const at = symbols.offset + 24 * i
    const version = versions.offset + 2 * i
    if (!tooNew.has(bytes.readUInt16LE(version) & 0x7fff)) continue
    const name = stringAt(bytes, strings + bytes.readUInt32LE(at))
    const weak = bytes[at + 4] >> 4 === 2
    if (name.startsWith(RENAMED)) {
      bytes.writeUInt32LE(bytes.readUInt32LE(at) + RENAMED.length, at)
      bytes.writeUInt16LE(oldest, version)
    } else if (!weak) throw new Error(`Chroma's server needs ${name} of a newer glibc than this system has.`)
  }
}

function sectionsOf(bytes) {
  const [start, size, count] = [number64(bytes, 0x28), bytes.readUInt16LE(0x3a), bytes.readUInt16LE(0x3c)]
  return Array.from({ length: count }, (_, i) => {
    const at = start + i * size
    const [type, link, info] = [4, 0x28, 0x2c].map(field => bytes.readUInt32LE(at + field))
    return { type, link, info, offset: number64(bytes, at + 0x18), size: number64(bytes, at + 0x20) }
  })
}

/** Gives the numbers of the versions that are too new, and that of the oldest one. */
function weaken(bytes, needs, strings) {
  const tooNew = new Set()
  let oldest
  let file = needs.offset
  for (let i = 0; i < needs.info; i++, file += bytes.readUInt32LE(file + 12)) {
    const library = stringAt(bytes, strings + bytes.readUInt32LE(file + 4))
    let entry = file + bytes.readUInt32LE(file + 8)
    for (let j = bytes.readUInt16LE(file + 2); j > 0; j--, entry += bytes.readUInt32LE(entry + 12)) {
      const name = stringAt(bytes, strings + bytes.readUInt32LE(entry + 8))
      const number = bytes.readUInt16LE(entry + 6)
      if (library === 'libc.so.6' && /^GLIBC_2\.(2\.5|17)$/.test(name)) oldest ??= number
      if (!/^GLIBC_2\.(3[5-9]|[4-9]\d)$/.test(name)) continue
      bytes.writeUInt16LE(bytes.readUInt16LE(entry + 4) | 2, entry + 4)
      tooNew.add(number)
    }
  }
  return { tooNew, oldest }
}

function number64(bytes, at) {
  return Number(bytes.readBigUInt64LE(at))
}

function stringAt(bytes, at) {
  return bytes.toString('latin1', at, bytes.indexOf(0, at))
}
