import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createFileExtractor } from '../adapters/file-extractor.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryChoices } from '../adapters/memory-choices.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createMemoryTabs } from '../adapters/memory-tabs.ts'
import { createMemoryWaitingFiles } from '../adapters/memory-waiting-files.ts'
import { createCatalogue } from '../core/catalogue.ts'
import { failure } from '../core/errors.ts'
import type { BelfryEvent, FileState } from '../core/events.ts'
import { createExclusive } from '../core/exclusive.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { Extractor } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { Library } from '../core/ports/library.ts'
import type { WaitingFiles } from '../core/ports/waiting-files.ts'
import { createAddingQueue } from './adding-queue.ts'
import { createJournal } from './journal.ts'
import { createLeftBehind } from './left-behind.ts'

const clock = { now: () => 1, breathe: () => new Promise<void>(resolve => setTimeout(resolve)) }

const note = (name: string): SourceFile => ({
  name: `${name}.md`,
  path: `notes/${name}.md`,
  modifiedAt: 1,
  blob: new Blob([`# ${name}\n\nWords of ${name}.`]),
})

interface TabOptions {
  readonly waiting?: WaitingFiles
  readonly encoder?: Encoder
  readonly extractor?: Extractor
  readonly library?: Partial<Library>
}

/** Tabs over one library and one journal. */
function openOrigin() {
  const origin = {
    library: createMemoryLibrary(),
    waiting: createMemoryWaitingFiles(),
    choices: createMemoryChoices(),
  }
  const tabs = createMemoryTabs()
  const openTab = (options: TabOptions = {}) => {
    const tab = tabs.open()
    const library = { ...origin.library, ...options.library }
    const waiting = options.waiting ?? origin.waiting
    const events: BelfryEvent[] = []
    const names = new Map<number, string>()
    const states = new Map<string, FileState>()
    const { commands, ...queue } = createAddingQueue(
      {
        extractor: options.extractor ?? createFileExtractor(),
        encoder: () => options.encoder ?? createHashEncoder(),
        library,
        indexes: {
          words: createBm25Index(),
          vectors: createExactVectorIndex(64),
          catalogue: createCatalogue(),
        },
        clock,
        exclusive: createExclusive(),
        journal: createJournal({ tabs: tab, waiting, library, clock, choices: origin.choices }),
        added: () => {},
        ended: () => {},
      },
      event => {
        events.push(event)
        if (event.type === 'files-queued') for (const { ticket, name } of event.files) names.set(ticket, name)
        if (event.type === 'file-changed') states.set(names.get(event.ticket) ?? '?', event.state)
      },
    )
    const ticketOf = (name: string) => [...names].find(([, other]) => other === name)?.[0] ?? 0
    return { ...commands, ...queue, tab, events, states, ticketOf }
  }
  const kept = async () => (await origin.waiting.all()).filter(file => file.kept).map(({ name }) => name)
  const titles = async () => (await origin.library.documents()).map(({ title }) => title)
  return { ...origin, openTab, kept, titles }
}

/** Never comes back from the n-th document. */
function stuckAt(n: number): Encoder {
  const encoder = createHashEncoder()
  let calls = 0
  return {
    ...encoder,
    encode: (texts, tower) => (++calls === n ? new Promise(() => {}) : encoder.encode(texts, tower)),
  }
}

const kinds = (states: ReadonlyMap<string, FileState>) =>
  Object.fromEntries([...states].map(([name, { kind }]) => [name, kind]))

describe('what waits when a tab ends', () => {
  it('is taken in by another one, all of it and nothing twice', async () => {
    const { openTab, kept, titles, waiting } = openOrigin()
    const dying = openTab({ encoder: stuckAt(2) })
    await dying.add(['a', 'b', 'c', 'd'].map(note))
    await expect.poll(kept).toEqual(['b.md', 'c.md', 'd.md'])
    const heirs = [openTab(), openTab()]
    await Promise.all(heirs.map(heir => heir.inherit()))
    expect(heirs.flatMap(({ events }) => events)).toEqual([])
    dying.tab.end()
    await Promise.all(heirs.map(heir => heir.inherit()))
    await expect.poll(titles).toEqual(['a', 'b', 'c', 'd'])
    await expect.poll(() => waiting.all()).toEqual([])
    const done = heirs.map(({ states }) => kinds(states))
    expect(done).toContainEqual({ 'b.md': 'done', 'c.md': 'done', 'd.md': 'done' })
    expect(done).toContainEqual({})
  })

  it('waits behind what somebody has added here', async () => {
    const { openTab, kept, titles } = openOrigin()
    const dying = openTab({ encoder: stuckAt(1) })
    await dying.add(['a', 'b'].map(note))
    await expect.poll(kept).toHaveLength(2)
    dying.tab.end()
    const heir = openTab()
    await heir.add(['x', 'y', 'z'].map(note))
    await heir.inherit()
    await expect.poll(titles).toHaveLength(5)
    expect((await titles()).slice(0, 3)).toEqual(['x', 'y', 'z'])
  })

  it('is left alone, with a reason, when the tabs that read it have ended twice, and can be tried again', async () => {
    const { openTab, kept, titles, waiting } = openOrigin()
    const files = createFileExtractor()
    const crashing: Extractor = {
      ...files,
      open: file => (file.name === 'bad.md' ? new Promise(() => {}) : files.open(file)),
    }
    const first = openTab({ extractor: crashing })
    await first.add(['good', 'bad', 'late', 'last'].map(note))
    await expect.poll(titles).toEqual(['good'])
    await expect.poll(kept).toEqual(['bad.md', 'late.md', 'last.md'])
    first.tab.end()
    const second = openTab({ extractor: crashing })
    await second.inherit()
    // Everything else before the one that may do it again.
    await expect.poll(titles).toEqual(['good', 'late', 'last'])
    await expect.poll(() => kinds(second.states)['bad.md']).toBe('reading')
    await expect.poll(async () => (await waiting.all())[0]?.tries).toBe(2)
    second.tab.end()
    const third = openTab()
    await third.inherit()
    expect(third.states.get('bad.md')).toMatchObject({
      kind: 'failed',
      reason: 'Belfry ended 2 times while it read “bad.md”, so it was left out. It can be tried again.',
    })
    await expect.poll(() => waiting.all()).toEqual([])
    await third.retry(third.ticketOf('bad.md'))
    await expect.poll(titles).toEqual(['good', 'late', 'last', 'bad'])
  })

  it('takes no file down with it that was read beside it', async () => {
    const { openTab, kept, titles } = openOrigin()
    const first = openTab({ encoder: stuckAt(1) })
    await first.add(['bad', 'b', 'c', 'd', 'e'].map(note))
    await expect.poll(kept).toHaveLength(5)
    await expect.poll(() => kinds(first.states)['e.md']).toBe('reading')
    first.tab.end()
    const second = openTab({ encoder: stuckAt(1) })
    await second.inherit()
    await expect.poll(() => kinds(second.states)['bad.md']).toBe('reading')
    second.tab.end()
    const third = openTab()
    await third.inherit()
    await expect.poll(titles).toEqual(['b', 'c', 'd', 'e'])
    expect(kinds(third.states)).toMatchObject({ 'bad.md': 'failed', 'b.md': 'done' })
  })

  it('is read again when it replaces documents, also where its own was stored', async () => {
    const { openTab, library, titles, kept } = openOrigin()
    const old = openTab()
    await old.add([note('old')])
    await expect.poll(titles).toEqual(['old'])
    const [{ id } = { id: undefined }] = await library.documents()
    if (id === undefined) throw new Error('expected a document')
    const dying = openTab({ library: { remove: () => new Promise(() => {}) } })
    await dying.add([{ ...note('new'), replaces: [id] }])
    await expect.poll(titles).toEqual(['old', 'new'])
    await expect.poll(kept).toEqual(['new.md'])
    dying.tab.end()
    await openTab().inherit()
    await expect.poll(titles).toEqual(['new'])
  })

  it('goes to a newer Belfry when this one is too old for the library', async () => {
    const { openTab, kept, titles } = openOrigin()
    const old = openTab({ library: { put: () => Promise.reject(failure('NewerBelfry', 'Too old.')) } })
    await old.add(['a', 'b'].map(note))
    await expect.poll(() => kinds(old.states)).toEqual({ 'a.md': 'failed', 'b.md': 'failed' })
    await expect.poll(kept).toEqual(['a.md', 'b.md'])
    old.tab.end()
    await openTab().inherit()
    await expect.poll(async () => (await titles()).toSorted()).toEqual(['a', 'b'])
  })

  it('is not what was cancelled', async () => {
    const { openTab, kept, waiting } = openOrigin()
    const tab = openTab()
    await tab.pauseAdding()
    await tab.add(['a', 'b', 'c'].map(note))
    await tab.pauseAdding()
    await expect.poll(kept).toHaveLength(3)
    await tab.cancelAdding()
    expect(kinds(tab.states)).toEqual({ 'a.md': 'cancelled', 'b.md': 'cancelled', 'c.md': 'cancelled' })
    await expect.poll(() => waiting.all()).toEqual([])
  })
})

const pauses = (events: readonly BelfryEvent[]) =>
  events.flatMap(event => (event.type === 'adding-paused' ? [event.paused] : []))

describe('a pause', () => {
  it('outlives its tab, as often as that ends, and charges no file for it', async () => {
    const { openTab, kept, titles, waiting, choices } = openOrigin()
    let tab = openTab({ encoder: stuckAt(1) })
    await tab.add(['a', 'b', 'c'].map(note))
    await tab.pauseAdding()
    await expect.poll(kept).toHaveLength(3)
    for (let i = 0; i < 4; i++) {
      tab.tab.end()
      tab = openTab()
      await tab.inherit()
      expect(pauses(tab.events)).toEqual([true])
      expect(Object.values(kinds(tab.states))).toEqual([])
      await expect.poll(() => choices.paused.all()).toEqual([tab.tab.id])
    }
    expect(await titles()).toEqual([])
    // All had been read ahead when adding was paused, and nobody has read them since.
    expect((await waiting.all()).map(({ tries }) => tries)).toEqual([1, 1, 1])
    await tab.resumeAdding()
    await expect.poll(titles).toHaveLength(3)
    await expect.poll(() => choices.paused.all()).toEqual([])
  })

  it('of another tab stops nobody who is adding', async () => {
    const { openTab, kept, titles, choices } = openOrigin()
    const dying = openTab({ encoder: stuckAt(1) })
    await dying.add(['a', 'b'].map(note))
    await dying.pauseAdding()
    await expect.poll(kept).toHaveLength(2)
    dying.tab.end()
    const heir = openTab()
    await heir.add([note('x')])
    await heir.inherit()
    await expect.poll(titles).toHaveLength(3)
    expect(pauses(heir.events)).toEqual([])
    await expect.poll(() => choices.paused.all()).toEqual([])
  })

  it('that was cancelled is over', async () => {
    const { openTab, titles, choices } = openOrigin()
    const tab = openTab({ encoder: stuckAt(1) })
    await tab.add(['a', 'b'].map(note))
    await tab.pauseAdding()
    await expect.poll(() => choices.paused.all()).toHaveLength(1)
    void tab.cancelAdding()
    await expect.poll(() => choices.paused.all()).toEqual([])
    tab.tab.end()
    const next = openTab()
    await next.inherit()
    await next.add([note('x')])
    await expect.poll(titles).toContain('x')
    expect(pauses(next.events)).toEqual([])
  })
})

describe('a journal that fails', () => {
  it.each(['before', 'after'] as const)(
    'loses no file and doubles none, at whatever call, %s its work',
    async moment => {
      let runs = 0
      for (let n = 0; ; n++) {
        const fault = { left: n, moment, failed: '' }
        const { openTab, waiting, titles, library } = openOrigin()
        const broken = faulty(waiting, fault)
        const dying = openTab({ waiting: broken, encoder: stuckAt(3) })
        await dying.add(['a', 'b', 'c', 'd'].map(note))
        await expect.poll(titles).toEqual(['a', 'b'])
        await settledDown(waiting)
        dying.tab.end()
        const heir = openTab({ waiting: broken })
        await heir.inherit()
        await heir.inherit()
        await expect.poll(() => unsettled(heir.states)).toEqual([])
        await heir.retryFailed()
        await expect.poll(() => unsettled(heir.states)).toEqual([])
        expect([...heir.states.values()].filter(({ kind }) => kind === 'failed')).toEqual([])
        const events: BelfryEvent[] = []
        await createLeftBehind({ tabs: heir.tab, waiting, library }, event => events.push(event)).measure()
        const named = events.flatMap(event => (event.type === 'files-left-behind' ? event.paths : []))
        const stored = await titles()
        expect(new Set(stored).size).toBe(stored.length)
        if (fault.failed !== 'note') expect(stored.length + named.length).toBe(4)
        expect(stored.slice(0, 2)).toEqual(['a', 'b'])
        if (fault.left >= 0) break
        runs++
      }
      expect(runs).toBeGreaterThan(8)
    },
  )
})

const unsettled = (states: ReadonlyMap<string, FileState>) =>
  [...states.values()].filter(({ kind }) => ['queued', 'reading', 'embedding'].includes(kind))

/** Lets notes that nobody waits for be written. */
async function settledDown(waiting: WaitingFiles): Promise<void> {
  for (let i = 0; i < 10; i++) {
    await new Promise(resolve => setTimeout(resolve))
    await waiting.all()
  }
}

interface Fault {
  left: number
  readonly moment: 'before' | 'after'
  failed: string
}

function faulty(port: WaitingFiles, fault: Fault): WaitingFiles {
  return new Proxy(port, {
    get(target, name) {
      const method: unknown = Reflect.get(target, name)
      if (typeof method !== 'function') return method
      return async (...given: unknown[]) => {
        const fails = fault.left-- === 0
        if (fails) fault.failed = String(name)
        if (fails && fault.moment === 'before') throw new Error('the call that was chosen to fail')
        const result: unknown = await Reflect.apply(method, target, given)
        if (fails) throw new Error('the call that was chosen to fail')
        return result
      }
    },
  })
}

describe('adding', () => {
  it('finishes what is in hand when it is paused, begins nothing new, and goes on', async () => {
    const { openTab, titles, library } = openOrigin()
    let pause: (() => Promise<void>) | undefined
    const tab = openTab({
      library: {
        async put(...given) {
          await pause?.()
          return library.put(...given)
        },
      },
    })
    pause = tab.pauseAdding
    await tab.add(['a', 'b', 'c', 'd'].map(note))
    await expect.poll(() => kinds(tab.states)).toMatchObject({ 'a.md': 'done', 'b.md': 'reading' })
    await settledDown(createMemoryWaitingFiles())
    expect(await titles()).toEqual(['a'])
    pause = undefined
    await tab.resumeAdding()
    await expect.poll(titles).toEqual(['a', 'b', 'c', 'd'])
    const pauses = tab.events.filter(({ type }) => type === 'adding-paused')
    expect(pauses).toEqual([
      { type: 'adding-paused', paused: true },
      { type: 'adding-paused', paused: false },
    ])
  })

  it('is no longer paused when there was nothing left, or when it is cancelled', async () => {
    const { openTab, titles } = openOrigin()
    const tab = openTab()
    await tab.pauseAdding()
    expect(tab.events).toEqual([])
    await tab.add(['a', 'b', 'c'].map(note))
    await tab.pauseAdding()
    await tab.cancelAdding()
    await tab.add([note('x')])
    await expect.poll(titles).toContain('x')
    expect(tab.events.findLast(({ type }) => type === 'adding-paused')).toMatchObject({ paused: false })
  })

  it('takes in what was dropped last before the rest', async () => {
    const { openTab, titles } = openOrigin()
    const tab = openTab()
    await tab.add(['a', 'b', 'c', 'd', 'e', 'f'].map(note))
    await tab.add(['x', 'y'].map(note))
    await expect.poll(titles).toHaveLength(8)
    const order = await titles()
    expect(order.indexOf('x')).toBeLessThan(order.indexOf('d'))
    expect(order.slice(-3)).toEqual(['d', 'e', 'f'])
  })

  it('tries all again that failed, and nothing else', async () => {
    const { openTab, titles, library } = openOrigin()
    let fails = true
    const tab = openTab({
      library: {
        put: (...given) => (fails ? Promise.reject(new Error('Not now.')) : library.put(...given)),
      },
    })
    await tab.add(['a', 'b'].map(note))
    await expect.poll(() => kinds(tab.states)).toEqual({ 'a.md': 'failed', 'b.md': 'failed' })
    fails = false
    await tab.retryFailed()
    await tab.retryFailed()
    await expect.poll(titles).toEqual(['a', 'b'])
    const before = tab.events.length
    await tab.retryFailed()
    expect(tab.events).toHaveLength(before)
  })
})
