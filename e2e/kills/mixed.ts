/**
 * Kills the tab, its worker or the whole browser at seeded moments while one folder of mixed files is added, again and again,
 * and looks at the end whether each planted word is in one document:
 * `npx tsx e2e/kills/mixed.ts --data DIR --kills 20 --seed 1`, after `npm run build`. DIR holds what
 * `tools/make-mixed-folder.ts` writes.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Page } from '@playwright/test'
import { mulberry32 } from '../../tools/collection-text.mjs'
import type { MixedFile } from '../../tools/mixed/mix-files.ts'
import { serve } from '../../tools/serve.mjs'
import { type Kill, planKills } from './plan.ts'
import type { PlantedFile } from './planted-files.ts'
import { createSession } from './session.ts'
import { problemsOf, readStored } from './stored.ts'
import { readWords } from '../../tools/mixed/stored-words.ts'
import { untilOpen, untilTakenOver } from './watched-page.ts'

const { values } = parseArgs({
  options: {
    data: { type: 'string' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    /** Of the folder, the first. */
    files: { type: 'string', default: '2000' },
    json: { type: 'string' },
  },
})
if (values.data === undefined) throw new Error('expected --data DIR with mixed.json and folder, got none')
const DIMENSION = 512
const seed = Number(values.seed)
const kills = planKills(Number(values.kills), seed)
const data = values.data
const mixed = JSON.parse(readFileSync(join(data, 'mixed.json'), 'utf8')) as MixedFile[]
mixed.length = Math.min(mixed.length, Number(values.files))
const files: PlantedFile[] = mixed.map(({ path }) => ({
  path: join(data, 'folder', path),
  name: basename(path),
  fact: '',
}))
const random = mulberry32(seed + 1)
const profile = mkdtempSync(join(tmpdir(), 'belfry-kills-'))
const server = await serve({ port: 0 })
const session = createSession(profile, server.address)
const problems: string[] = []
let words = 0
try {
  for (const [n, kill] of kills.entries()) {
    // Each kill falls into a share of the folder of its own, behind what was added before.
    const share = files.slice(0, Math.ceil(((n + 1) * files.length) / kills.length))
    await strike(kill, share, n)
    const page = await session.open()
    await untilOpen(page)
    const found = await problemsIn(page, false)
    console.log(
      `${n + 1} ${kill.victim} ${kill.moment}: ${session.shown.size} shown, ${found.length} problems`,
    )
    problems.push(...found)
  }
  const page = await session.open()
  await untilOpen(page)
  await untilTakenOver(page)
  await session.add(files)
  await untilAdded(page)
  problems.push(...(await problemsIn(page, true)))
} finally {
  await session.close()
  await server.close()
  rmSync(profile, { recursive: true, force: true, maxRetries: 5 })
}
for (const problem of problems) console.log(`  ${problem}`)
console.log(
  `${kills.length} kills, ${files.length} files, ${words} words looked for, ${problems.length} problems`,
)
const report = { kills: kills.length, seed, files: files.length, problems, words }
if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(report))
process.exitCode = problems.length > 0 ? 1 : 0

async function strike(kill: Kill, share: readonly PlantedFile[], n: number): Promise<void> {
  if (kill.moment === 'opening') await session.open()
  else {
    await untilOpen(await session.current())
    // What was begun in an earlier life goes on by itself.
    if (n === 0 || random() < 0.5) await session.add(share)
    await new Promise(resolve => setTimeout(resolve, 500 + Math.floor(4000 * kill.share)))
  }
  await new Promise(resolve => setTimeout(resolve, kill.delay))
  await session.kill(kill.victim)
}

async function untilAdded(page: Page): Promise<void> {
  const bar = page.getByRole('progressbar', { name: 'Adding documents' })
  await bar.waitFor({ timeout: 30_000 }).catch(() => undefined)
  await bar.waitFor({ state: 'hidden', timeout: 600_000 })
}

/** @param isWhole Whether all files have been added: no word may be missing then. */
async function problemsIn(page: Page, isWhole: boolean): Promise<string[]> {
  const stored = await readStored(page)
  // Files in archives have names of their own, which may be the same.
  const some = { ...stored, documents: stored.documents.map(row => ({ ...row, name: row.id })) }
  const found = problemsOf(some, [], DIMENSION)
  const { words: owners } = await readWords(page)
  for (const [word, count] of Object.entries(owners)) {
    if (count > 1) found.push(`${word} is in ${count} documents`)
  }
  const wanted = new Set(mixed.flatMap(file => file.words))
  if (!isWhole) return found
  words = wanted.size
  return [...found, ...[...wanted].filter(word => owners[word] === undefined).map(word => `${word} is lost`)]
}
