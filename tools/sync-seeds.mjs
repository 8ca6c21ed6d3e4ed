/**
 * Synchronises three devices through a Chroma server that is killed, for as many random runs as are asked for:
 * `node tools/sync-seeds.mjs 50`. Each takes some seconds; a few of them are part of the tests.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const seeds = Number(process.argv[2] ?? 50)
if (!Number.isInteger(seeds) || seeds < 1) {
  console.error(`Expected how many runs to make, got ${process.argv[2]}.`)
  process.exit(2)
}
const vitest = join(root, 'node_modules/vitest/vitest.mjs')
const words = [vitest, 'run', '--project', 'unit', 'src/app/sync-killed.test.ts']
const { status } = spawnSync(process.execPath, words, {
  cwd: root,
  stdio: 'inherit',
  env: { ...process.env, SYNC_SEEDS: String(seeds) },
})
process.exit(status ?? 1)
