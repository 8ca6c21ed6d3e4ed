import { readFileSync } from 'node:fs'
import { mulberry32 } from '../../tools/collection-text.mjs'
import { type Kill, planKills } from './plan.ts'
import { type PlantedFile, plantFiles } from './planted-files.ts'
import { createSession, type Session } from './session.ts'
import { problemsOf, readStored, type Stored } from './stored.ts'
import { finds, shownFor, untilOpen, untilTakenOver } from './watched-page.ts'

export interface DriveOptions {
  readonly kills: number
  readonly seed: number
  /** Where the built page is served. */
  readonly address: string
  /** An empty folder for the browser's profile and the files. */
  readonly folder: string
  /** New files for each kill. */
  readonly files: number
}

export interface Outcome {
  /** `undefined` for the last look, after everything was added without a kill. */
  readonly kill: Kill | undefined
  /** Files that pages had listed as searchable by then. */
  readonly shown: number
  /** Documents in the library when it was opened again. */
  readonly stored: number
  /** Facts of stored documents that were asked for. */
  readonly asked: number
  readonly problems: readonly string[]
}

/** Numbers in a vector of the embedded model. */
const DIMENSION = dimensionOf('public/models/belfry-two-tower/manifest.json')

/** Facts of older documents that are asked for after each kill. */
const OLDER = 3

/**
 * Adds files to the built page and kills the tab, its worker or the browser at seeded moments, again and again with one
 * profile. After each kill the library is opened and compared with what the page had shown; at the end everything is added.
 *
 * @param told Gets each outcome as it comes.
 */
export async function drive(options: DriveOptions, told: (outcome: Outcome) => void): Promise<void> {
  const { kills, seed, files: each, address, folder } = options
  const planted = plantFiles(folder, kills * each, seed)
  const random = mulberry32(seed + 1)
  const session = createSession(folder, address)

  try {
    for (const [n, kill] of planKills(kills, seed).entries()) {
      // Those of the kill before are added again: some are stored, some were lost before they were kept.
      const recent = planted.slice(Math.max(0, n - 1) * each, (n + 1) * each)
      await strike(session, kill, recent)
      told({ kill, ...(await examine(session, recent, planted, random)) })
    }
    await session.add(planted)
    await session.untilShown(planted, planted.length)
    told({ kill: undefined, ...(await examine(session, planted.slice(-each), planted, random)) })
  } finally {
    await session.close()
  }
}

async function strike(session: Session, kill: Kill, files: readonly PlantedFile[]): Promise<void> {
  if (kill.moment === 'opening') await session.open()
  else {
    await untilOpen(await session.current())
    const before = files.filter(({ name }) => session.shown.has(name)).length
    await session.add(files)
    await session.untilShown(files, before + Math.floor(kill.share * (files.length - before)))
  }
  await new Promise(resolve => setTimeout(resolve, kill.delay))
  await session.kill(kill.victim)
}

/**
 * Opens the library, lets it go on with what was left, and looks whether it is whole. `recent`: the files that were added
 * last.
 */
async function examine(
  session: Session,
  recent: readonly PlantedFile[],
  planted: readonly PlantedFile[],
  random: () => number,
): Promise<Omit<Outcome, 'kill'>> {
  const shown = [...session.shown]
  const page = await session.open()
  await untilOpen(page)
  await untilTakenOver(page)
  const counted = await untilOpen(page)
  const stored = await readStored(page)
  const problems = problemsOf(stored, shown, DIMENSION)
  const documents = stored.documents.length
  if (counted !== documents) problems.push(`${documents} documents are stored, ${counted} can be searched`)
  const asked = chooseFacts(stored, recent, planted, random)
  for (const { fact, name } of asked) {
    if (!(await finds(page, fact, name))) {
      problems.push(`${name} is stored and not found by “${fact}”, but ${await shownFor(page)}`)
    }
  }
  return { shown: shown.length, stored: documents, asked: asked.length, problems }
}

function chooseFacts(
  { documents }: Stored,
  recent: readonly PlantedFile[],
  planted: readonly PlantedFile[],
  random: () => number,
): PlantedFile[] {
  const names = new Set(documents.map(({ name }) => name))
  const stored = planted.filter(({ name }) => names.has(name))
  const older = stored.filter(file => !recent.includes(file))
  const some = new Set<PlantedFile>()
  for (let i = 0; i < OLDER; i++) {
    const file = older[Math.floor(random() * older.length)]
    if (file !== undefined) some.add(file)
  }
  return [...recent.filter(file => stored.includes(file)), ...some]
}

function dimensionOf(manifest: string): number {
  const { dimension } = JSON.parse(readFileSync(manifest, 'utf8')) as { dimension: number }
  return dimension
}
