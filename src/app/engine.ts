import { createCatalogue } from '../core/catalogue.ts'
import type { Emit } from '../core/events.ts'
import { createExclusive, type Exclusive } from '../core/exclusive.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import { createAddingQueue } from './adding-queue.ts'
import type { Engine } from './engine-api.ts'
import type { EnginePorts } from './engine-ports.ts'
import { createEvaluations } from './evaluations.ts'
import { createFolders } from './folders.ts'
import type { Indexes } from './indexes.ts'
import { createIndexing } from './indexing.ts'
import { createJournal } from './journal.ts'
import { createLearning } from './learning.ts'
import { createLeftBehind } from './left-behind.ts'
import { createNearestSentences } from './nearest-sentences.ts'
import { createPassageCache } from './passage-cache.ts'
import { reconcile } from './reconcile.ts'
import { createRemovals } from './removals.ts'
import { removeAll } from './remove.ts'
import { createReports } from './reports.ts'
import { createSearching } from './searching.ts'
import { createServerSync } from './server-sync.ts'
import { createSnapshots } from './snapshots.ts'
import { createTables } from './tables.ts'
import { createTransfer } from './transfer.ts'

/** Binds the verbs to one set of ports, and decides only what waits for what. */
export function createEngine(ports: EnginePorts, emit: Emit): Omit<Engine, 'subscribe'> {
  const { library, clock, tabs } = ports
  const indexes: Indexes = { words: ports.words, vectors: undefined, catalogue: createCatalogue() }
  const passages = createPassageCache(library)
  /** Nothing else in this tab changes the indexes; other tabs have their own. */
  const exclusive = createExclusive()
  /** And no other tab writes to the library. In this order always, so that no two tabs wait for each other. */
  const writing: Exclusive = work => exclusive(() => tabs.write(work))
  const saved = createSnapshots(
    { ...ports, indexes, exclusive, space: async () => (await encoder?.info())?.space },
    emit,
  )
  const write = { library, indexes, clock, tabs, saved }
  const leftBehind = createLeftBehind(ports, emit)
  const { attach, reload, ...learning } = createLearning(ports, emit)
  let encoder: Encoder | undefined
  let isHealed = false
  const { failed, measureUsage, list } = createReports(library, emit)
  const sentences = createNearestSentences()
  const searching = createSearching(() => ({ indexes, encoder, passages, sentences, clock }), emit)
  const { nudge, ...indexing } = createIndexing(
    {
      ...write,
      exclusive,
      createVectorIndex: ports.createVectorIndex,
      dimension: async () => (await encoder?.info())?.dimension,
      quiet: searching.quiet,
      prepared: saved.rest,
    },
    emit,
  )

  const {
    origins,
    lookAtAll,
    follow,
    rested,
    added,
    clear: forgetFolders,
    ...folders
  } = createFolders(
    ports,
    {
      add: files => void adding.add(files),
      async remove(ids) {
        await removeAll(ids, write, writing, emit)
        passages.forget()
        changed()
      },
      failed: failed('command-failed'),
    },
    emit,
  )

  const tables = createTables(ports, {
    add: files => void adding.add(files),
    failed: failed('command-failed'),
  })

  const { commands: adding, ...queue } = createAddingQueue(
    {
      ...write,
      extractor: tables.extractor,
      exclusive: writing,
      // What is stored is found again before more is added.
      encoder: () => (isHealed ? encoder : undefined),
      journal: createJournal(ports),
      added,
      ended() {
        rested()
        changed()
      },
      origins: {
        ...origins,
        settled(file, ...given) {
          tables.settled(file)
          origins.settled(file, ...given)
        },
      },
    },
    event => {
      emit(event)
      if (event.type === 'document-added') saved.work()
    },
  )
  const heal = () =>
    exclusive(() => reconcile({ ...write, encoder }, emit))
      .catch(failed('library-failed'))
      .finally(() => {
        nudge()
        saved.rest()
      })

  function changed(): void {
    nudge()
    saved.rest()
    ports.changes.announce()
    void measureUsage().catch(failed('library-failed'))
    void leftBehind.measure()
    void follow()
    void serverSync.note()
  }

  /** After something that another tab did. */
  function catchUp(): void {
    passages.forget()
    void reload().catch(failed('library-failed'))
    void serverSync.follow()
    void heal().then(list).then(follow).catch(failed('library-failed'))
    void takeOver()
  }

  /** What tabs that have ended had still to take in. */
  async function takeOver(): Promise<void> {
    await queue.inherit()
    await leftBehind.measure()
  }

  /** A command that writes: its turn, its consequences, and a sentence when it fails. */
  async function command(work: () => Promise<void>): Promise<void> {
    await writing(work).catch(failed('command-failed'))
    passages.forget()
    changed()
  }

  const removals = createRemovals(write, emit, command)

  async function imported(): Promise<void> {
    await reload().catch(failed('command-failed'))
    await heal()
    changed()
  }

  const serverSync = createServerSync(
    ports,
    {
      indexes,
      exclusive: writing,
      encoder: () => encoder,
      settled: () => heal().then(passages.forget).then(changed),
    },
    emit,
  )

  async function prepareModel(): Promise<void> {
    try {
      const started = await attach(await ports.startEncoder(emit))
      const info = await started.info()
      const isFirst = indexes.vectors === undefined
      indexes.vectors ??= await ports.createVectorIndex(info.dimension)
      encoder = started
      emit({ type: 'model-ready', info })
      if (isFirst) await saved.restore('vectors')
    } catch (error) {
      failed('model-failed')(error)
    }
    await heal()
    isHealed = true
    queue.work()
  }

  return {
    async start() {
      ports.changes.listen(catchUp)
      // A tab that crashes announces nothing.
      tabs.watch(catchUp)
      void saved.restore('words')
      void follow()
      await list().catch(failed('library-failed'))
      void measureUsage().catch(failed('library-failed'))
      // Words need no model: they are found while it is still being started.
      void heal()
      const tookOver = takeOver()
      void serverSync.keepTime()
      await prepareModel()
      // One tab looks for all of them, and reads nothing that it has to take in anyway.
      tabs.lead(() => void tookOver.then(lookAtAll))
    },
    retryModel: prepareModel,
    ...adding,
    async search(query) {
      await searching.search(query)
      nudge()
    },
    open: id => library.contents(id),
    ...removals,
    async clear() {
      await adding.cancelAdding()
      await forgetFolders()
      await tables.clear()
      await serverSync.clear(removals.clear)
    },
    async addSamples() {
      try {
        const { files, queries } = await ports.samples.read()
        emit({ type: 'samples-offered', queries })
        await adding.add(files)
      } catch (error) {
        failed('command-failed')(error)
      }
    },
    measureUsage,
    async forgetLeftBehind() {
      await leftBehind.forget().catch(failed('command-failed'))
      ports.changes.announce()
    },
    ...folders,
    ...tables.commands,
    ...learning,
    ...serverSync.commands,
    ...createTransfer(ports, { indexes, exclusive: writing, encoder: () => encoder, imported }, emit),
    ...indexing,
    ...createEvaluations(() => ({ ...ports, encoder }), emit),
  }
}
