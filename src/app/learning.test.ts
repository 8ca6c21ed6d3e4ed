import { beforeEach, describe, expect, it } from 'vitest'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryHeadStore } from '../adapters/memory-head-store.ts'
import { createMemoryInteractionLog } from '../adapters/memory-interaction-log.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { type DocumentId, parseDocumentId } from '../core/document.ts'
import type { BelfryEvent } from '../core/events.ts'
import type { Interaction } from '../core/interaction.ts'
import type { LearningState } from '../core/learning-state.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import { createRandom } from '../core/training/random.ts'
import { dotProduct } from '../core/vector.ts'
import { createLearning } from './learning.ts'

/** What this user says, and the word that documents have for it. */
const WORDS = [
  ['loaf', 'bread'],
  ['velo', 'bicycle'],
  ['tube', 'television'],
  ['motor', 'engine'],
] as const
const COLOURS = ['red', 'blue', 'green', 'white', 'black', 'brown', 'pink', 'gold', 'grey', 'amber']

const idOf = (n: number): DocumentId => parseDocumentId(n.toString(16).padStart(64, '0'))

let library: ReturnType<typeof createMemoryLibrary>
let log: ReturnType<typeof createMemoryInteractionLog>
let heads: ReturnType<typeof createMemoryHeadStore>
let events: BelfryEvent[]

beforeEach(async () => {
  library = createMemoryLibrary()
  log = createMemoryInteractionLog(1000)
  heads = createMemoryHeadStore()
  events = []
  await fillLibrary(createHashEncoder())
})

/** Document n is about the word n % 4. */
async function fillLibrary(encoder: Encoder): Promise<void> {
  const { space } = await encoder.info()
  for (let n = 0; n < 24; n++) {
    const text = `${WORDS[n % 4]?.[1]} chapter${n}`
    const row = { id: idOf(n), title: text, name: text, path: text, mediaType: 'text/plain', bytes: 1 }
    const times = { modifiedAt: 0, addedAt: 0, passageCount: 1, space }
    const contents = { text, passages: [{ start: 0, end: text.length, trail: [] }] }
    await library.put({ ...row, ...times }, contents, await encoder.encode([text], 'document'))
  }
}

/** @param choose Position of what is opened, given the words of the documents shown and what this user means. */
async function noteOpenings(
  count: number,
  choose: (words: readonly number[], meant: number) => number,
  changed: Partial<Interaction> = {},
): Promise<void> {
  const random = createRandom(count)
  for (let n = 0; n < count; n++) {
    const meant = n % 4
    const numbers = random.shuffle(Array.from({ length: 24 }, (_, i) => i)).slice(0, 8)
    if (!numbers.some(number => number % 4 === meant)) numbers[7] = meant
    const shown = numbers.map(number => ({ document: idOf(number), passage: 0 }))
    const opened =
      shown[
        choose(
          numbers.map(number => number % 4),
          meant,
        )
      ]
    if (opened === undefined) throw new Error('expected a choice among what is shown')
    const query = `${WORDS[meant]?.[0]} ${COLOURS[n % 10]} ${COLOURS[(3 * n) % 7]}`
    await log.append({ query, shown, opened, milliseconds: 5000, at: n, ...changed })
  }
}

const wanted = (words: readonly number[], meant: number) => words.indexOf(meant)

function open(changed = {}) {
  let now = 1000
  const changes = { announce: () => {}, listen: () => {} }
  const clock = { now: () => now++, breathe: () => Promise.resolve() }
  return createLearning({ log, heads, library, changes, clock, ...changed }, event => events.push(event))
}

function state(): LearningState {
  const last = events.findLast(event => event.type === 'learning-changed')
  if (last?.type !== 'learning-changed') throw new Error('expected to be told where learning stands')
  return last.learning
}

/** How near this user's word comes to the documents' word. */
async function nearness(encoder: Encoder): Promise<number> {
  return dotProduct(await encoder.encode(['loaf'], 'query'), await encoder.encode(['bread'], 'document'))
}

describe('learning from openings', () => {
  it('says how many are missing', async () => {
    const learning = open()
    await learning.attach(createHashEncoder())
    await noteOpenings(12, wanted)
    await learning.learn('openings')
    expect(state()).toMatchObject({ versions: [], inUse: 0, running: undefined })
    expect(state().outcome).toMatchObject({
      accepted: false,
      sentence: expect.stringContaining('Not enough openings yet: 12 of at least 30.'),
    })
  })

  it('counts neither short looks nor passages that are gone', async () => {
    const learning = open()
    await learning.attach(createHashEncoder())
    await noteOpenings(40, wanted, { milliseconds: 400 })
    await noteOpenings(40, wanted, { opened: { document: idOf(99), passage: 0 } })
    await learning.learn('openings')
    expect(state().outcome?.sentence).toContain('0 of at least 30')
  })

  it('counts no passage of a document that was cut again since', async () => {
    for (const stored of await library.load(Array.from({ length: 24 }, (_, n) => idOf(n)))) {
      await library.put({ ...stored.document, cutAt: 12 }, stored.contents, stored.vectors)
    }
    const learning = open()
    await learning.attach(createHashEncoder())
    await noteOpenings(32, wanted)
    await learning.learn('openings')
    expect(state().outcome?.sentence).toContain('20 of at least 30')
  })

  it('asks for different searches', async () => {
    const learning = open()
    await learning.attach(createHashEncoder())
    const shown = [0, 1, 2].map(n => ({ document: idOf(n), passage: 0 }))
    await noteOpenings(40, wanted, { query: 'loaf', shown, opened: { document: idOf(1), passage: 0 } })
    await learning.learn('openings')
    expect(state().outcome?.sentence).toContain('Not enough different searches yet: 1 of at least 10.')
  })

  it('puts a better head in use at once, tells its scores, and goes back when asked to', async () => {
    const learning = open()
    const encoder = await learning.attach(createHashEncoder())
    const before = await nearness(encoder)
    await noteOpenings(160, wanted)
    await learning.learn('openings')
    expect(state().outcome).toMatchObject({ accepted: true })
    const [version] = state().versions
    expect(state().inUse).toBe(version?.number)
    expect(version?.scores.after).toBeGreaterThan((version?.scores.before ?? 1) + 0.1)
    expect(await nearness(encoder)).toBeGreaterThan(before + 0.1)
    await learning.chooseVersion(0)
    expect(state().inUse).toBe(0)
    expect(await nearness(encoder)).toBe(before)
  })

  it('shows how far it is, and learns one thing at a time', async () => {
    const learning = open()
    await learning.attach(createHashEncoder())
    await noteOpenings(160, wanted)
    await Promise.all([learning.learn('openings'), learning.learn('openings')])
    const shares = events.flatMap(event =>
      event.type === 'learning-changed' && event.learning.running ? [event.learning.running.share] : [],
    )
    expect(shares.length).toBeGreaterThan(10)
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(state().versions).toHaveLength(1)
  })

  it('refuses what was opened at random, with the reason', async () => {
    const random = createRandom(9)
    const learning = open()
    const encoder = await learning.attach(createHashEncoder())
    const before = await nearness(encoder)
    await noteOpenings(160, words => random.below(words.length))
    await learning.learn('openings')
    expect(state()).toMatchObject({ versions: [], inUse: 0, outcome: { accepted: false } })
    expect(state().outcome?.sentence).toMatch(/nothing was changed/)
    expect(await nearness(encoder)).toBe(before)
  })

  it('changes nothing when it is cancelled', async () => {
    const learning: ReturnType<typeof open> = open({
      clock: { now: () => 1, breathe: () => learning.cancelLearning() },
    })
    await learning.attach(createHashEncoder())
    await noteOpenings(160, wanted)
    await learning.learn('openings')
    expect(state()).toMatchObject({ versions: [], running: undefined })
    expect(state().outcome?.sentence).toContain('cancelled')
  })

  it('counts only what was opened since the version in use was learned', async () => {
    const learning = open()
    await learning.attach(createHashEncoder())
    await noteOpenings(160, wanted)
    await learning.learn('openings')
    await noteOpenings(5, wanted, { at: 1e6 })
    await learning.learn('openings')
    expect(state().outcome?.sentence).toContain('yet since version 1: 5 of at least 30')
    expect(state().inUse).toBe(1)
  })
})

describe('learned versions', () => {
  const learned = {
    tower: 'hash-64',
    source: 'openings' as const,
    learnedAt: 5,
    scores: { examples: 40, before: 0.5, after: 0.6, probesBefore: 1, probesAfter: 1 },
    correction: Float32Array.from({ length: 64 * 64 }, (_, i) => (i % 65 === 0 ? 1 : 0.01)),
  }

  it('are in use again after a start', async () => {
    await heads.keep(learned)
    const learning = open()
    const encoder = await learning.attach(createHashEncoder())
    await learning.measureLearning()
    expect(state()).toMatchObject({ inUse: 1, versions: [{ number: 1, learnedAt: 5 }] })
    expect(await nearness(encoder)).not.toBe(await nearness(createHashEncoder()))
  })

  it('retire with the model that they were learned for', async () => {
    await heads.keep(learned)
    const learning = open()
    const encoder = await learning.attach(createHashEncoder('another space'))
    await learning.measureLearning()
    expect(state()).toMatchObject({ inUse: 0, versions: [] })
    expect(await nearness(encoder)).toBe(await nearness(createHashEncoder()))
  })

  it('leave documents as they are', async () => {
    await heads.keep(learned)
    const encoder = await open().attach(createHashEncoder())
    expect(await encoder.encode(['bread'], 'document')).toEqual(
      await createHashEncoder().encode(['bread'], 'document'),
    )
  })

  it('that another tab has chosen are used after a look', async () => {
    await heads.keep(learned)
    const learning = open()
    const encoder = await learning.attach(createHashEncoder())
    await heads.use('hash-64', 0)
    await learning.reload()
    expect(await nearness(encoder)).toBe(await nearness(createHashEncoder()))
  })

  it('do not keep a page from searching when their storage fails', async () => {
    const refusing = { ...heads, versions: () => Promise.reject(new Error('no')) }
    const encoder = await open({ heads: refusing }).attach(createHashEncoder())
    expect(await nearness(encoder)).toBe(await nearness(createHashEncoder()))
  })
})
