/** Devices that edit, remove and synchronise at random, and what must be true when they have come to rest. */
import type { DocumentId } from '../core/document.ts'
import type { VectorServer } from '../core/ports/vector-server.ts'
import type { Revision } from '../core/sync/revision.ts'
import { createRandom, type Random } from '../core/training/random.ts'
import { createDevice, type Device, idOf } from './sync-devices.suite.ts'

export interface Scenario {
  /** What a device speaks to; each may have its own. */
  readonly connect: () => VectorServer
  readonly collection: string
  readonly seed: number
  readonly rounds: number
  readonly documents: number
  /** Seconds that each look goes back behind the last. */
  readonly overlap: number
  /** While devices synchronise: resolves when the server is there again. */
  readonly disturb: (round: number) => Promise<void>
}

export interface ScenarioReport {
  /** What should not be, each as a sentence. */
  readonly wrong: readonly string[]
  readonly edits: number
  readonly syncs: number
  readonly failed: number
  readonly copies: number
  /** Rounds without edits until nothing moved any more. */
  readonly settled: number
}

interface Edit {
  readonly id: DocumentId
  readonly revision: Revision
  readonly parent: Revision | undefined
  /** Missing where the document was removed. */
  readonly text: string | undefined
}

const HOUR = 3600e3
const MOST_ROUNDS = 10

/** Three devices, whose clocks are an hour fast, an hour slow, and right. */
export async function runScenario(scenario: Scenario): Promise<ScenarioReport> {
  const { connect, collection, seed, rounds, overlap } = scenario
  const random = createRandom(seed)
  const devices = [HOUR, -HOUR, 0].map((skew, i) =>
    createDevice(connect(), { collection, skew, overlap, seed: 10 * seed + i }),
  )
  // What was removed before a device has met the server counts for nothing.
  for (const device of devices) await device.run()
  const edits: Edit[] = []
  let [syncs, failed] = [0, 0]
  for (let round = 0; round < rounds; round++) {
    for (const device of devices) edits.push(...(await editAtRandom(device, scenario, random)))
    const running = devices
      .filter(() => random.next() < 0.6)
      .map(async device => {
        syncs++
        await device.run().catch(() => failed++)
      })
    await scenario.disturb(round)
    await Promise.all(running)
  }
  const settled = await settle(devices)
  const newcomer = createDevice(connect(), { collection, seed: 10 * seed + 9 })
  await newcomer.run()
  const copies = await Promise.all(devices.map(({ journal }) => journal.copies()))
  const kept = new Set(copies.flat().map(({ revision }) => revision))
  const wrong = [
    ...(await differences([...devices, newcomer], edits)),
    ...(await wrongCounts(connect(), collection, edits)),
    ...lostWithoutCopy(edits, kept),
    ...(settled < MOST_ROUNDS ? [] : ['the devices did not come to rest']),
  ]
  return { wrong, edits: edits.length, syncs, failed, copies: kept.size, settled }
}

let words = 0

async function editAtRandom(device: Device, { documents }: Scenario, random: Random): Promise<Edit[]> {
  const ids = new Set(Array.from({ length: random.below(8) }, () => idOf(random.below(documents))))
  const before = new Map((await device.journal.entries()).map(entry => [entry.id, entry.revision]))
  const texts = new Map<DocumentId, string | undefined>()
  for (const id of ids) {
    const there = await device.library.has(id)
    if (there && random.next() < 0.3) {
      await device.remove(id)
      texts.set(id, undefined)
    } else {
      const passages = Array.from({ length: 1 + random.below(4) }, () => `words ${++words}`)
      await device.edit(id, passages)
      texts.set(id, passages.join('\n\n'))
    }
  }
  await device.sync.note()
  const entries = (await device.journal.entries()).filter(({ id }) => texts.has(id))
  return entries.map(({ id, revision }) => ({ id, revision, parent: before.get(id), text: texts.get(id) }))
}

async function settle(devices: readonly Device[]): Promise<number> {
  for (let round = 1; round < MOST_ROUNDS; round++) {
    let moved = 0
    for (const device of devices) {
      const { sent, taken } = await device.run()
      moved += sent.documents + sent.removals + taken.documents + taken.removals + (await device.unsettled())
    }
    if (moved === 0) return round
  }
  return MOST_ROUNDS
}

function winnersOf(edits: readonly Edit[]): Map<DocumentId, Edit> {
  const winners = new Map<DocumentId, Edit>()
  for (const edit of edits) {
    const best = winners.get(edit.id)
    if (best === undefined || edit.revision > best.revision) winners.set(edit.id, edit)
  }
  return winners
}

async function differences(devices: readonly Device[], edits: readonly Edit[]): Promise<string[]> {
  const wrong: string[] = []
  for (const [i, device] of devices.entries()) {
    const texts = await device.texts()
    for (const [id, { text }] of winnersOf(edits)) {
      const found = texts.get(id)
      if (found === text) continue
      wrong.push(`device ${i}: expected ${text ?? 'nothing'} of ${id.slice(0, 8)}, got ${found ?? 'nothing'}`)
    }
  }
  return wrong
}

/** Nothing is left on the server of former revisions and of what was cut off. */
async function wrongCounts(server: VectorServer, name: string, edits: readonly Edit[]): Promise<string[]> {
  const winners = [...winnersOf(edits).values()]
  const passages = winners.reduce(
    (sum, { text }) => sum + (text === undefined ? 0 : text.split('\n\n').length),
    0,
  )
  const expected = { [name]: passages, [`${name}.docs`]: winners.length }
  const wrong: string[] = []
  for (const [collection, records] of Object.entries(expected)) {
    const found = await (await server.collection(collection))?.count()
    if (found !== records) wrong.push(`expected ${records} records in ${collection}, got ${found}`)
  }
  return wrong
}

/** Words that nobody has built on and that did not win must be in somebody's copies. */
function lostWithoutCopy(edits: readonly Edit[], kept: ReadonlySet<Revision>): string[] {
  const parents = new Set(edits.map(({ parent }) => parent))
  const winners = new Set([...winnersOf(edits).values()].map(({ revision }) => revision))
  return edits
    .filter(({ revision, text }) => text !== undefined && !parents.has(revision) && !winners.has(revision))
    .filter(({ revision }) => !kept.has(revision))
    .map(({ text, revision }) => `“${text}” of ${revision} was lost without a copy`)
}
