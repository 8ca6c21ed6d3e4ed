/**
 * Kills the tab, its worker or the whole browser at seeded moments while files are added to the built page, and looks each
 * time whether the library is whole: `npx tsx e2e/kills/run.ts --kills 100 --seed 1`, after `npm run build`.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { serve } from '../../tools/serve.mjs'
import { drive, type Outcome } from './drive.ts'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: '1' },
    /** New files for each kill. */
    files: { type: 'string', default: '20' },
  },
})

const folder = mkdtempSync(join(tmpdir(), 'belfry-kills-'))
const server = await serve({ port: 0 })
const outcomes: Outcome[] = []
try {
  const numbers = { kills: Number(values.kills), seed: Number(values.seed), files: Number(values.files) }
  console.log(row(['kill', 'victim', 'moment', 'shown', 'stored', 'asked', 'problems']))
  await drive({ ...numbers, address: server.address, folder }, outcome => {
    outcomes.push(outcome)
    console.log(toRow(outcome, outcomes.length))
    for (const problem of outcome.problems) console.log(`  ${problem}`)
  })
} finally {
  await server.close()
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
console.log(`\n${summary()}`)
process.exitCode = outcomes.some(({ problems }) => problems.length > 0) ? 1 : 0

function toRow({ kill, shown, stored, asked, problems }: Outcome, n: number): string {
  const [victim, moment] = kill === undefined ? ['none', 'at the end'] : [kill.victim, kill.moment]
  return row([`${n}`, victim, moment, `${shown}`, `${stored}`, `${asked}`, `${problems.length}`])
}

function row(cells: readonly string[]): string {
  return cells.map(cell => cell.padStart(10)).join(' ')
}

function summary(): string {
  const kills = outcomes.filter(({ kill }) => kill !== undefined)
  const of = (victim: string) => kills.filter(({ kill }) => kill?.victim === victim).length
  const asked = outcomes.reduce((sum, outcome) => sum + outcome.asked, 0)
  const problems = outcomes.reduce((sum, outcome) => sum + outcome.problems.length, 0)
  const victims = `${of('tab')} of the tab, ${of('worker')} of the worker, ${of('browser')} of the browser`
  return `${kills.length} kills (${victims}), ${asked} facts asked for, ${problems} problems`
}
