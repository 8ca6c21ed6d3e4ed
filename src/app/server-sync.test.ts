import { describe, expect, it } from 'vitest'
import { createExactVectorIndex } from '../adapters/exact-vector-index.ts'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createMemoryTabs } from '../adapters/memory-tabs.ts'
import { createMemoryVectorServer } from '../adapters/memory-vector-server.ts'
import { createSha256 } from '../adapters/noble-sha256.ts'
import { createWebCryptography } from '../adapters/web-cryptography.ts'
import { createCatalogue } from '../core/catalogue.ts'
import { type DocumentId, parseDocumentId } from '../core/document.ts'
import type { BelfryEvent } from '../core/events.ts'
import { createExclusive } from '../core/exclusive.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { ServerState } from '../core/server-state.ts'
import { VectorServerError } from '../core/vector-server-error.ts'
import { createServerPorts } from './server-ports.suite.ts'
import { createServerSync } from './server-sync.ts'

const PLACE = { address: 'https://server.example', tenant: 't', database: 'd' }
const NONE = { kind: 'none' } as const
const TOKEN = { kind: 'token', token: 'sesame' } as const

const idOf = (n: number): DocumentId => parseDocumentId(n.toString(16).padStart(64, '0'))

interface Device {
  readonly library: ReturnType<typeof createMemoryLibrary>
  readonly indexes: {
    readonly words: ReturnType<typeof createBm25Index>
    readonly catalogue: ReturnType<typeof createCatalogue>
  }
  readonly ports: ReturnType<typeof createServerPorts>
  readonly sync: ReturnType<typeof createServerSync>
  readonly events: BelfryEvent[]
  settled(): number
  add(id: DocumentId, text: string): Promise<void>
  state(): Promise<ServerState>
}

interface Options {
  readonly server?: ReturnType<typeof createMemoryVectorServer>
  readonly ports?: Device['ports']
  readonly library?: Device['library']
  readonly tabs?: ReturnType<typeof createMemoryTabs>
  readonly now?: () => number
  readonly rest?: () => Promise<void>
}

async function createDevice(options: Options = {}): Promise<Device> {
  const { server = createMemoryVectorServer(), library = createMemoryLibrary(), now = () => 5 } = options
  const { ports = createServerPorts(server), tabs = createMemoryTabs() } = options
  const encoder = createHashEncoder()
  const { dimension, space } = await encoder.info()
  const vectors = createExactVectorIndex(dimension)
  const indexes = { words: createBm25Index(), vectors, catalogue: createCatalogue() }
  const events: BelfryEvent[] = []
  let settled = 0
  const clock = {
    now,
    breathe: async () => undefined,
    ...(options.rest === undefined ? {} : { rest: options.rest }),
  }
  const changes = { announce: () => {} }
  const around = {
    indexes,
    passages: { forget: () => {} },
    exclusive: createExclusive(),
    encoder: () => encoder,
    settled: async () => void settled++,
  }
  const rest = { library, clock, createSha256, cryptography: createWebCryptography(), changes }
  const sync = createServerSync({ ...ports, ...rest, tabs: tabs.open() }, around, event => events.push(event))
  return {
    library,
    indexes,
    ports,
    sync,
    events,
    settled: () => settled,
    async add(id, text) {
      const row = { id, title: text, name: text, path: text, mediaType: 'text/plain', bytes: 1 }
      const times = { modifiedAt: 0, addedAt: now(), passageCount: 1, space }
      const contents = { text, passages: [{ start: 0, end: text.length, trail: [] }] }
      await library.put({ ...row, ...times }, contents, await encoder.encode([text], 'document'))
    },
    async state() {
      await sync.commands.measureServer()
      const told = events.findLast(event => event.type === 'server-changed')
      if (told?.type !== 'server-changed') throw new Error('expected to be told of the server')
      return told.server
    },
  }
}

describe('connecting', () => {
  it('tells which collections there are, which are of others, and none that stands beside one', async () => {
    const server = createMemoryVectorServer()
    await server.openCollection({ name: 'foreign', space: 'cosine', metadata: {} })
    const { sync } = await createDevice({ server })
    expect(await sync.commands.connectServer(PLACE, NONE, ' notes ')).toBeUndefined()
    expect(await sync.commands.testServer(PLACE, NONE)).toMatchObject({
      kind: 'connected',
      collections: [
        { name: 'foreign', problem: expect.stringMatching(/another program/) as string },
        { name: 'notes', problem: undefined },
      ],
    })
    expect(await sync.commands.connectServer(PLACE, NONE, 'foreign')).toMatchObject({
      problem: expect.stringMatching(/Choose another name/) as string,
    })
    expect(await sync.commands.connectServer(PLACE, NONE, ' ')).toMatchObject({
      problem: expect.any(String) as string,
    })
  })

  it('says when it is the policy of the page that refuses', async () => {
    const server = {
      ...createMemoryVectorServer(),
      now: () => Promise.reject(new VectorServerError('network', 'The server could not be reached.')),
    }
    const { sync } = await createDevice({ server })
    const refused = await sync.commands.testServer({ ...PLACE, address: 'http://refused.example' }, NONE)
    expect(refused).toMatchObject({ kind: 'failed', sentence: expect.stringMatching(/policy/) as string })
    const down = await sync.commands.testServer(PLACE, NONE)
    expect(down).toMatchObject({
      kind: 'failed',
      sentence: expect.stringMatching(/could not be reached/) as string,
    })
  })

  it('says who puts a server beside the page, where none is', async () => {
    const server = {
      ...createMemoryVectorServer(),
      now: () => Promise.reject(new VectorServerError('protocol', 'It is a web page.')),
    }
    const { sync } = await createDevice({ server })
    const test = (address: string) => sync.commands.testServer({ ...PLACE, address }, NONE)
    expect(await test('https://notes.example/chroma')).toMatchObject({
      cure: expect.stringMatching(/CHROMA_URL/) as string,
    })
    expect(await test('https://other.example')).toMatchObject({
      cure: expect.not.stringMatching(/CHROMA_URL/) as string,
    })
  })

  it('keeps a credential under a passphrase, or not at all', async () => {
    const first = await createDevice()
    await first.sync.commands.connectServer(PLACE, TOKEN, 'notes', 'open')
    expect((await first.state()).connection).toMatchObject({ needs: 'nothing', credential: 'token' })
    const kept = await first.ports.connections.load()
    expect(JSON.stringify(kept)).not.toContain('sesame')
    expect(new TextDecoder().decode(kept?.locked?.sealed)).not.toContain('sesame')

    const later = await createDevice({ ports: first.ports })
    expect((await later.state()).connection).toMatchObject({ needs: 'passphrase' })
    expect(await later.sync.commands.unlockServer('shut')).toEqual({ problem: 'This is not the passphrase.' })
    expect(await later.sync.commands.unlockServer('open')).toBeUndefined()
    await later.sync.commands.synchronise('both', false)
    expect(later.ports.shown.at(-1)).toEqual(TOKEN)

    await later.sync.commands.connectServer(PLACE, TOKEN, 'notes')
    const last = await createDevice({ ports: first.ports })
    expect((await last.state()).connection).toMatchObject({ needs: 'credential' })
    await last.sync.commands.unlockServer(TOKEN)
    expect((await last.state()).connection).toMatchObject({ needs: 'nothing' })
  })

  it('shows a credential to no server but the one that it was given for', async () => {
    const first = await createDevice()
    await first.sync.commands.connectServer(PLACE, TOKEN, 'notes')
    const second = await createDevice({ ports: first.ports })
    await second.sync.commands.connectServer({ ...PLACE, address: 'https://other.example' }, TOKEN, 'notes')
    expect((await first.state()).connection).toMatchObject({ needs: 'credential' })
  })

  it('forgets the connection, and keeps the documents on both sides', async () => {
    const { sync, state, add, library, ports } = await createDevice()
    await add(idOf(1), 'bells')
    await sync.commands.connectServer(PLACE, TOKEN, 'notes', 'open')
    await sync.commands.synchronise('both', false)
    await sync.commands.disconnectServer()
    expect(await state()).toMatchObject({ connection: undefined, report: undefined })
    expect(await ports.connections.load()).toBeUndefined()
    expect(await library.documents()).toHaveLength(1)
  })
})

describe('synchronising the library', () => {
  it('says first what would be done, and brings documents into the indexes and out of them', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [await createDevice({ server }), await createDevice({ server })]
    await a.add(idOf(1), 'bells ring')
    for (const { sync } of [a, b]) await sync.commands.connectServer(PLACE, NONE, 'notes')
    await a.sync.commands.compareWithServer(false)
    expect((await a.state()).plan).toMatchObject({ full: false, plan: { send: { documents: 1 } } })
    expect((await b.state()).plan).toBeUndefined()
    await a.sync.commands.synchronise('push', false)
    expect(await a.state()).toMatchObject({ plan: undefined, report: { kind: 'done', direction: 'push' } })

    await b.sync.commands.synchronise('both', false)
    expect(b.indexes.catalogue.get(idOf(1))?.title).toBe('bells ring')
    expect(b.events.map(({ type }) => type)).toContain('document-added')
    expect(b.settled()).toBe(1)
    await b.sync.commands.synchronise('both', false)
    expect(b.settled()).toBe(1)

    await b.library.remove(idOf(1))
    await b.sync.commands.synchronise('both', false)
    await a.sync.commands.synchronise('both', false)
    expect(await a.library.documents()).toEqual([])
    expect(a.indexes.catalogue.get(idOf(1))).toBeUndefined()
    expect(a.events.at(-1)).toMatchObject({ type: 'server-changed' })
  })

  it('keeps the loser of a conflict, and takes it back as the latest change', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [
      await createDevice({ server, now: () => 10 }),
      await createDevice({ server, now: () => 20 }),
    ]
    for (const { sync } of [a, b]) await sync.commands.connectServer(PLACE, NONE, 'notes')
    await a.add(idOf(1), 'words of a')
    await a.sync.follow()
    await b.add(idOf(1), 'words of b')
    await b.sync.commands.synchronise('both', false)
    await a.sync.commands.synchronise('both', false)
    const [copy] = (await a.state()).copies
    if (copy === undefined) throw new Error('expected a copy of what has lost')
    expect(copy).toMatchObject({ title: 'words of a', from: 'here' })
    expect(await a.sync.commands.readCopy(copy.id, copy.revision)).toBe('words of a')
    await a.sync.commands.takeCopyBack(copy.id, copy.revision)
    expect((await a.state()).copies).toEqual([])
    expect(a.indexes.catalogue.get(idOf(1))?.title).toBe('words of a')
    await a.sync.commands.synchronise('both', false)
    await b.sync.commands.synchronise('both', false)
    expect((await b.library.contents(idOf(1)))?.text).toBe('words of a')
  })

  it('stands still while it is paused, and ends when it is cancelled', async () => {
    const device = await createDevice()
    const { sync, add, state } = device
    for (let n = 1; n <= 3; n++) await add(idOf(n), `bells ${n}`)
    await sync.commands.connectServer(PLACE, NONE, 'notes')
    const done = sync.commands.synchronise('both', false)
    await sync.commands.pauseSync()
    expect((await state()).activity).toEqual({ what: 'both', paused: true })
    await sync.commands.cancelSync()
    await done
    expect((await state()).report).toMatchObject({ kind: 'cancelled' })
    await sync.commands.synchronise('both', false)
    expect((await state()).report).toMatchObject({ kind: 'done', outcome: { sent: { documents: 3 } } })
  })

  it('says why it failed, and goes on from there', async () => {
    const server = createMemoryVectorServer()
    let isDown = false
    const shaky: typeof server = {
      ...server,
      now: signal =>
        isDown ? Promise.reject(new VectorServerError('network', 'It is down.')) : server.now(signal),
    }
    const { sync, add, state } = await createDevice({ server: shaky })
    await add(idOf(1), 'bells')
    await sync.commands.connectServer(PLACE, NONE, 'notes')
    isDown = true
    await sync.commands.compareWithServer(false)
    expect((await state()).trouble).toBe('It is down.')
    await sync.commands.synchronise('both', false)
    expect(await state()).toMatchObject({
      trouble: undefined,
      report: { kind: 'failed', sentence: 'It is down.' },
    })
    isDown = false
    await sync.commands.synchronise('both', false)
    expect((await state()).report).toMatchObject({ kind: 'done' })
  })

  it('lets one tab do it at a time', async () => {
    const tabs = createMemoryTabs()
    const { sync, state } = await createDevice({ tabs })
    await sync.commands.connectServer(PLACE, NONE, 'notes')
    let finish: (() => void) | undefined
    const other = tabs.open().alone('sync', () => new Promise<void>(resolve => (finish = resolve)))
    await sync.commands.synchronise('both', false)
    expect((await state()).report).toMatchObject({ sentence: 'Another tab synchronises at this moment.' })
    finish?.()
    await other
  })

  it('removes nothing elsewhere when the library is cleared', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [await createDevice({ server }), await createDevice({ server })]
    for (const { sync } of [a, b]) await sync.commands.connectServer(PLACE, NONE, 'notes')
    await a.add(idOf(1), 'bells')
    await a.sync.commands.synchronise('both', false)
    await b.sync.commands.synchronise('both', false)
    await a.sync.clear(() => a.library.clear())
    expect(await a.state()).toMatchObject({ connection: undefined, copies: [] })
    await a.sync.commands.connectServer(PLACE, NONE, 'notes')
    await a.sync.commands.synchronise('both', false)
    await b.sync.commands.synchronise('both', false)
    for (const { library } of [a, b]) expect(await library.documents()).toHaveLength(1)
  })

  it('does it by itself when somebody has said so, and it is time', async () => {
    let now = 0
    const rests: (() => void)[] = []
    const rest = () => new Promise<void>(resolve => rests.push(resolve))
    const { sync, events, ports } = await createDevice({ now: () => now, rest })
    const ended = () => events.filter(({ type }) => type === 'sync-ended').length
    const tickAt = async (minutes: number) => {
      now = minutes * 60_000
      rests.shift()?.()
      await expect.poll(() => rests.length).toBe(1)
    }
    await sync.commands.connectServer(PLACE, TOKEN, 'notes')
    void sync.keepTime()
    await expect.poll(() => rests.length).toBe(1)
    await tickAt(10)
    expect(ended()).toBe(0)
    await sync.commands.scheduleSync(5)
    expect((await ports.connections.load())?.every).toBe(5)
    await tickAt(20)
    expect(ended()).toBe(1)
    await tickAt(24)
    expect(ended()).toBe(1)
    await tickAt(25)
    expect(ended()).toBe(2)
  })
})
