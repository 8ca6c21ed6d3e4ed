/** Checks Node's version and installs what node_modules lacks. Imports nothing that needs to be installed. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const OLDEST = [20, 19]

/**
 * A sentence when this Node is too old, undefined when it will do.
 *
 * @param {string} version as in process.versions.node
 * @returns {string | undefined}
 */
export function nodeProblem(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return undefined
  return `Belfry needs Node ${OLDEST.join('.')} or later, and this is Node ${version}: see https://nodejs.org.`
}

/**
 * Whether node_modules holds what the lock file names, version by version. npm notes what it installed in
 * node_modules/.package-lock.json, so an installation by hand counts as well. Optional packages may be absent: npm
 * leaves out those of other platforms.
 *
 * @param {string} [root]
 * @returns {boolean}
 */
export function isInstalled(root = ROOT) {
  const wanted = packagesOf(join(root, 'package-lock.json'))
  const present = packagesOf(join(root, 'node_modules/.package-lock.json'))
  if (!wanted || !present) return false
  return Object.entries(wanted).every(([path, { version, optional }]) => {
    if (path === '') return true
    return present[path] === undefined ? optional === true : present[path].version === version
  })
}

/**
 * Runs `npm ci` where something is missing.
 *
 * @returns {string | undefined} a sentence where that is impossible, undefined when all is there
 */
export function ensureDependencies() {
  const problem = nodeProblem(process.versions.node)
  if (problem !== undefined || isInstalled()) return problem
  console.log('Installing what is missing (npm ci) …')
  // The tools that build and test are development dependencies, which npm leaves out under NODE_ENV=production.
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const options = { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'], shell: process.platform === 'win32' }
  if (spawnSync('npm', args, options).status === 0) return undefined
  return 'npm ci failed (its reason stands above): check the network, then try again.'
}

function packagesOf(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages
  } catch {
    return undefined
  }
}
