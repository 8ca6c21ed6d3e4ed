/** The suites of `npm test` in their order, cheapest first, and how each one's tests are counted. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * @typedef {{ passed: number, failed: number, skipped: number }} Counts
 * @typedef {{ name: string, command: string[], report?: string, count?: (report: string) => Counts, needs?: ('browser' | 'build' | 'nginx')[] }} Suite
 */

const RESULTS = 'test-results'
const bin = name => join('node_modules', '.bin', name)
const vitest = project => {
  const report = join(RESULTS, `${project}.json`)
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`]
  return {
    name: project,
    command: [bin('vitest'), 'run', '--project', project, ...reporters],
    report,
    count: countVitest,
  }
}

/** @type {Suite[]} */
export const SUITES = [
  { name: 'kernels', command: ['npm', 'run', 'build:kernels'] },
  { name: 'types', command: ['npm', 'run', 'test:types'] },
  { name: 'lint', command: ['npm', 'run', 'test:lint'] },
  vitest('unit'),
  { ...vitest('browser'), needs: ['browser'] },
  { name: 'build', command: [process.execPath, 'tools/build.mjs'] },
  { name: 'size', command: ['npm', 'run', 'test:size'], needs: ['build'] },
  {
    name: 'nginx',
    command: [
      process.execPath,
      '--test',
      '--test-reporter=spec',
      '--test-reporter-destination=stdout',
      '--test-reporter=tap',
      `--test-reporter-destination=${join(RESULTS, 'nginx.tap')}`,
      'tools/nginx.test.mjs',
      ...['passing-on', 'tokens', 'settings', 'tls', 'real-chroma'].map(
        name => `tools/chroma-proxy/${name}.test.mjs`,
      ),
    ],
    report: join(RESULTS, 'nginx.tap'),
    count: countTap,
    needs: ['nginx'],
  },
  {
    name: 'e2e',
    command: [bin('playwright'), 'test'],
    report: join(RESULTS, 'e2e.json'),
    count: countPlaywright,
    needs: ['browser', 'build'],
  },
]

/**
 * What a finished suite adds to the sum. A suite without a report is one check; a suite that ended badly, left no
 * report or ran no test has at least one failure, whatever it says itself.
 *
 * @param {Suite} suite
 * @param {{ ok: boolean, read?: (path: string) => string }} outcome `ok`: it ended with exit code 0
 * @returns {Counts}
 */
export function countSuite(suite, { ok, read = path => readFileSync(path, 'utf8') }) {
  if (!suite.report || !suite.count) return { passed: ok ? 1 : 0, failed: ok ? 0 : 1, skipped: 0 }
  const counts = tryCount(() => suite.count(read(suite.report)))
  const ranSomething = counts.passed + counts.failed > 0
  return { ...counts, failed: ok && ranSomething ? counts.failed : Math.max(counts.failed, 1) }
}

function tryCount(count) {
  try {
    const counts = count()
    if (Object.values(counts).every(Number.isInteger)) return counts
  } catch {
    // What cannot be read is a failure, as below.
  }
  return { passed: 0, failed: 1, skipped: 0 }
}

/** Vitest's JSON report. */
function countVitest(report) {
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = JSON.parse(report)
  return { passed: numPassedTests, failed: numFailedTests, skipped: numPendingTests + numTodoTests }
}

/** Playwright's JSON report. A flaky test has failed once, and that is a failure. */
function countPlaywright(report) {
  const { expected, unexpected, flaky, skipped } = JSON.parse(report).stats
  return { passed: expected, failed: unexpected + flaky, skipped }
}

/** The sums at the end of node:test's TAP. */
function countTap(report) {
  const sum = name => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(report)?.[1] ?? Number.NaN)
  const counts = {
    passed: sum('pass'),
    failed: sum('fail') + sum('cancelled'),
    skipped: sum('skipped') + sum('todo'),
  }
  if (Object.values(counts).some(Number.isNaN)) throw new Error('The TAP report has no sums at its end.')
  return counts
}

/**
 * The suites named, in their own order; all of them when none is named.
 *
 * @param {string[]} names
 * @returns {Suite[]}
 * @throws {Error} when a name is none of a suite
 */
export function chooseSuites(names) {
  const unknown = names.filter(name => !SUITES.some(suite => suite.name === name))
  if (unknown.length > 0) {
    const known = SUITES.map(suite => suite.name).join(', ')
    throw new Error(`There is no suite "${unknown.join('", "')}": choose among ${known}.`)
  }
  return names.length === 0 ? SUITES : SUITES.filter(suite => names.includes(suite.name))
}

/**
 * The table at the end and, as its last line, the sum over all suites.
 *
 * @param {(Counts & { name: string, seconds: number })[]} rows
 * @returns {string}
 */
export function summary(rows) {
  const sum = key => rows.reduce((total, row) => total + row[key], 0)
  const table = rows.map(row =>
    line([row.name, `${row.passed}`, `${row.failed}`, `${row.skipped}`, row.seconds.toFixed(1)]),
  )
  const skipped = sum('skipped') > 0 ? `, ${sum('skipped')} skipped` : ''
  const total = `${sum('passed')} passed, ${sum('failed')} failed${skipped}`
  return ['', line(['suite', 'passed', 'failed', 'skipped', 'seconds']), ...table, '', total].join('\n')
}

/** @param {string[]} cells */
function line(cells) {
  return cells.map((cell, i) => (i === 0 ? cell.padEnd(9) : cell.padStart(8))).join(' ')
}
