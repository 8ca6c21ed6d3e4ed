/**
 * `npm test`: installs what is missing (a browser and nginx included) and runs every suite, going on after a failure.
 * `npm test -- unit e2e` runs only those named. The last line is the sum: `N passed, N failed`.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { buildIfStale } from './build.mjs'
import { ensureBrowser } from './ensure-browser.mjs'
import { ensureDependencies } from './ensure-dependencies.mjs'
import { ensureNginx } from './ensure-nginx.mjs'
import { chooseSuites, countSuite, summary } from './suites.mjs'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
/** A suite that takes longer hangs. */
const LIMIT_MS = 20 * 60_000

process.chdir(ROOT)
await main(process.argv.slice(2))

async function main(names) {
  try {
    const problem = ensureDependencies()
    if (problem !== undefined) throw new Error(problem)
    const rows = []
    for (const suite of chooseSuites(names)) rows.push(await runSuite(suite))
    console.log(summary(rows))
    process.exitCode = rows.some(row => row.failed > 0) ? 1 : 0
  } catch (error) {
    console.log(`${error.message}\n\n0 passed, 1 failed`)
    process.exitCode = 1
  }
}

async function runSuite(suite) {
  console.log(`\n── ${suite.name} ${'─'.repeat(60 - suite.name.length)}`)
  const began = performance.now()
  const counts = (await provide(suite.needs)) ?? (await runAndCount(suite))
  return { name: suite.name, ...counts, seconds: (performance.now() - began) / 1000 }
}

/** The counts of a suite that cannot run for want of something, or undefined when all is there. */
async function provide(needs = []) {
  const failure = { passed: 0, failed: 1, skipped: 0 }
  try {
    if (needs.includes('nginx') && ensureNginx() === undefined) return withoutNginx()
    if (needs.includes('browser')) await ensureBrowser()
    return needs.includes('build') && !buildIfStale() ? failure : undefined
  } catch (error) {
    console.error(error.message)
    return failure
  }
}

function withoutNginx() {
  const must = ['true', '1'].includes(process.env.CI ?? '')
  console.log(
    'nginx is not installed and could not be (that takes apt-get and the right to use it): ' +
      (must ? 'under CI that is a failure.' : 'the test of its configuration is skipped.'),
  )
  return { passed: 0, failed: must ? 1 : 0, skipped: must ? 0 : 1 }
}

async function runAndCount(suite) {
  mkdirSync('test-results', { recursive: true })
  // A report of an earlier run must not be counted if this one leaves none.
  if (suite.report) rmSync(suite.report, { force: true })
  const code = await run(suite.command)
  if (code !== 0) console.log(`${suite.name}: ended with ${code}`)
  return countSuite(suite, { ok: code === 0 })
}

/** Runs a command in a process group of its own, so that a hanging one is stopped with all that it started. */
function run([command, ...args]) {
  const windows = process.platform === 'win32'
  const child = spawn(command, args, {
    stdio: ['ignore', 'inherit', 'inherit'],
    detached: !windows,
    shell: windows,
  })
  const stop = () => {
    if (!windows && child.pid !== undefined) process.kill(-child.pid, 'SIGTERM')
    else child.kill()
  }
  const interrupted = () => {
    stop()
    process.exit(130)
  }
  const limit = setTimeout(stop, LIMIT_MS)
  process.once('SIGINT', interrupted).once('SIGTERM', interrupted)
  return new Promise(resolve => {
    const end = code => {
      clearTimeout(limit)
      process.off('SIGINT', interrupted).off('SIGTERM', interrupted)
      resolve(code)
    }
    child.once('error', error => {
      end(error.message)
    })
    child.once('close', (code, signal) => {
      end(code ?? signal)
    })
  })
}
