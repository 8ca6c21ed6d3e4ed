/**
 * Builds dist/ and remembers what it was made from. As a command (`node tools/build.mjs`) it always builds.
 */
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const STAMP = 'node_modules/.cache/belfry-build.json'
const SOURCES = [
  'src',
  'workers',
  'public',
  'tools',
  'index.html',
  'vite.config.ts',
  'tsconfig.base.json',
  'package-lock.json',
]
/** Made by the build itself. */
const MADE = join('src', 'kernels', 'build')

/**
 * Runs the build unless dist/ was made from the very same sources, by content: times of change say nothing after a
 * checkout, and deleted files leave none.
 *
 * @param {string} [root]
 * @returns {boolean} false where the build failed; it has printed why
 */
export function buildIfStale(root = ROOT) {
  if (builtAt(root) === undefined || readStamp(root) !== stampOf(root)) return build(root)
  console.log('The build is up to date.')
  return true
}

/**
 * Runs `npm run build` and notes which sources it was made from.
 *
 * @param {string} [root]
 * @returns {boolean} false where the build failed; it has printed why
 */
export function build(root = ROOT) {
  console.log('Building …')
  const options = { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' }
  if (spawnSync('npm', ['run', 'build', '--silent'], options).status !== 0) return false
  mkdirSync(dirname(join(root, STAMP)), { recursive: true })
  writeFileSync(join(root, STAMP), JSON.stringify(stampOf(root)))
  return true
}

/**
 * SHA-256 over the paths and contents of all that the build reads.
 *
 * @param {string} root
 * @returns {string} hexadecimal
 */
export function digestOf(root) {
  const hash = createHash('sha256')
  for (const source of SOURCES.filter(name => existsSync(join(root, name)))) {
    for (const file of filesUnder(root, source)) {
      hash.update(`${file}\0`).update(readFileSync(join(root, file)))
    }
  }
  return hash.digest('hex')
}

function filesUnder(root, name) {
  if (!statSync(join(root, name)).isDirectory()) return [name]
  return readdirSync(join(root, name))
    .toSorted()
    .map(entry => join(name, entry))
    .filter(path => path !== MADE)
    .flatMap(path => filesUnder(root, path))
}

/** The sources and when dist/ was written, so that a build made by other means is noticed. */
function stampOf(root) {
  return `${digestOf(root)} ${builtAt(root)}`
}

function builtAt(root) {
  const index = join(root, 'dist/index.html')
  return existsSync(index) ? statSync(index).mtimeMs : undefined
}

function readStamp(root) {
  try {
    return JSON.parse(readFileSync(join(root, STAMP), 'utf8'))
  } catch {
    return undefined
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  process.exitCode = build() ? 0 : 1
}
