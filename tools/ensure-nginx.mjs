/**
 * Finds an nginx for the test of its configuration, and installs one where there is none.
 * As a command (`node tools/ensure-nginx.mjs`) it prints the program's path.
 */
import { spawnSync } from 'node:child_process'
import { delimiter, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { installPackage } from './ensure-browser.mjs'

/** Debian keeps it where an ordinary user's PATH does not look; Homebrew has places of its own. */
const PLACES_OFF_PATH = ['/usr/sbin', '/usr/local/sbin', '/usr/local/bin', '/opt/homebrew/bin']

/**
 * The first nginx that starts.
 *
 * @param {{ PATH?: string | undefined }} [env]
 * @returns {string | undefined} its path
 */
export function findNginx(env = process.env) {
  const folders = [...(env.PATH ?? '').split(delimiter).filter(Boolean), ...PLACES_OFF_PATH]
  return folders.map(folder => join(folder, 'nginx')).find(path => spawnSync(path, ['-v']).status === 0)
}

/**
 * @returns {string | undefined} the path of an nginx, installed if need be; undefined where that is impossible
 */
export function ensureNginx() {
  const present = findNginx()
  if (present !== undefined) return present
  console.error('No nginx here: asking apt-get …')
  return installPackage('nginx-light') ? findNginx() : undefined
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const path = ensureNginx()
  console.log(path ?? 'No nginx here, and none could be installed.')
  process.exitCode = path === undefined ? 1 : 0
}
