/**
 * Finds a Chromium that can run the tests, and installs one where there is none.
 * As a command (`node tools/ensure-browser.mjs`) it prints the browser's path.
 */
import { spawnSync } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'

/** Below this, WebAssembly relaxed SIMD, module workers' isolation or WebGPU in workers is missing. */
const OLDEST_MAJOR = 120
const NAMES = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'chrome',
  'microsoft-edge-stable',
]
const PLACES_OFF_PATH = [
  '/opt/google/chrome/chrome',
  '/usr/lib/chromium/chromium',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]
const MINUTE = 60_000

/** @typedef {{ path: string, major: number }} Browser */

/**
 * The first browser of this machine that starts and is recent enough: $CHROMIUM_PATH, then the PATH, then the usual
 * places. Each candidate is run with --version, since a file of the right name may be a stub.
 *
 * @param {{ CHROMIUM_PATH?: string | undefined, PATH?: string | undefined }} [env]
 * @param {string[]} [places]
 * @returns {Browser | undefined}
 */
export function findSystemBrowser(env = process.env, places = PLACES_OFF_PATH) {
  const onPath = (env.PATH ?? '')
    .split(delimiter)
    .filter(folder => folder !== '')
    .flatMap(folder => NAMES.map(name => join(folder, name)))
  const named = env.CHROMIUM_PATH ? [env.CHROMIUM_PATH] : []
  return firstUsable([...named, ...onPath, ...places])
}

/**
 * A usable browser, installed if need be: Playwright's own download first, then the system's package.
 *
 * @returns {Promise<Browser>}
 * @throws {Error} a sentence that says what to do, when nothing worked
 */
export async function ensureBrowser() {
  const present = findSystemBrowser() ?? (await findPlaywrightBrowser())
  if (present) return present
  console.error(`No Chromium ${OLDEST_MAJOR} or later here: asking Playwright for one …`)
  if (run('npx', ['--no-install', 'playwright', 'install', 'chromium'], 10 * MINUTE)) {
    const downloaded = await findPlaywrightBrowser()
    if (downloaded) return downloaded
  }
  console.error('Playwright could not provide one: asking apt-get …')
  if (installPackage('chromium')) {
    const installed = findSystemBrowser()
    if (installed) return installed
  }
  throw new Error(
    `A Chromium ${OLDEST_MAJOR} or later is needed for the browser tests and none could be installed. ` +
      'Install one (apt-get install chromium, or npx playwright install --with-deps chromium), or set CHROMIUM_PATH to its executable.',
  )
}

/**
 * Installs a Debian package, as root or with a sudo that asks no password.
 *
 * @param {string} name
 * @returns {boolean} false where there is no apt-get, no right to use it, or the installation failed
 */
export function installPackage(name) {
  if (process.platform !== 'linux' || !isExecutable('/usr/bin/apt-get')) return false
  const asRoot = process.getuid?.() === 0 ? [] : ['sudo', '-n']
  const apt = (...args) => {
    const [command = '', ...rest] = [...asRoot, 'apt-get', ...args]
    return run(command, rest, 15 * MINUTE, { DEBIAN_FRONTEND: 'noninteractive' })
  }
  // A stale or partly failing package list is no reason to stop: the install decides.
  apt('update', '-qq')
  return apt('install', '-y', '-qq', '--no-install-recommends', name)
}

/** @returns {Promise<Browser | undefined>} */
async function findPlaywrightBrowser() {
  try {
    const { chromium } = await import('playwright')
    return firstUsable([chromium.executablePath()])
  } catch {
    return undefined
  }
}

function firstUsable(candidates) {
  for (const path of candidates) {
    const major = isExecutable(path) ? majorVersion(path) : undefined
    if (major !== undefined && major >= OLDEST_MAJOR) return { path, major }
  }
  return undefined
}

function majorVersion(path) {
  // Only stdout counts: Debian's wrapper script prints warnings of its shell to stderr.
  const { status, stdout } = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: MINUTE })
  const major = /(\d+)\.\d+\.\d+\.\d+/.exec(stdout ?? '')?.[1]
  return status === 0 && major !== undefined ? Number(major) : undefined
}

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}

function run(command, args, timeout, env = {}) {
  const options = { stdio: ['ignore', 2, 2], timeout, env: { ...process.env, ...env } }
  return spawnSync(command, args, options).status === 0
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  console.log((await ensureBrowser()).path)
}
