/** Brings what the benchmarks compare with, at the versions of the lock, and only when it is not there. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const FOLDER = 'bench/peers'

/** @throws Error when npm fails; `--no-peers` does without. */
export function installPeers(): void {
  if (existsSync(`${FOLDER}/node_modules`)) return
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts'], { cwd: FOLDER, stdio: 'inherit' })
  if (status !== 0)
    throw new Error(`expected npm to install ${FOLDER}, got exit code ${status}; see --no-peers`)
}
