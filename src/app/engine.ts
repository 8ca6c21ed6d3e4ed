import { createCatalogue } from '../core/catalogue.ts'
import type { Emit } from '../core/events.ts'
import { createExclusive, type Exclusive } from '../core/exclusive.ts'
import type { Engine } from './engine-api.ts'
import type { EnginePorts } from './engine-ports.ts'
import { createEvaluations } from './evaluations.ts'
import type { Indexes } from './indexes.ts'
import { createIndexing } from './indexing.ts'
import { createLearning } from './learning.ts'
import { createLeftBehind } from './left-behind.ts'
import { createModelStart } from './model-start.ts'
import { createNearestSentences } from './nearest-sentences.ts'
import { createLikeness } from './likeness.ts'
import { createPassages } from './passages.ts'
import { createPassageCache } from './passage-cache.ts'
import { createRemovals } from './removals.ts'
import { removeAll } from './remove.ts'
import { createReports } from './reports.ts'
import { createSearching } from './searching.ts'
import { createServerSync } from './server-sync.ts'
import { createSnapshots } from './snapshots.ts'
import { createTakingIn } from './taking-in.ts'
import { createTransfer } from './transfer.ts'
import { createUpkeep } from './upkeep.ts'

/** Documents that are cut again before other tabs are told. */
const CUT_BETWEEN_NEWS = 64

/** Binds the verbs to one set of ports, and decides only what waits for what. */
export function createEngine(ports: EnginePorts, emit: Emit): Omit<Engine, 'subscribe'> {
  const { library, clock, tabs } = ports
  const likes = createLikeness(emit)
  const indexes: Indexes = { words: ports.words, vectors: undefined, catalogue: createCatalogue(), likes }
  const passages = createPassageCache(library)
  /** Nothing else in this tab changes the indexes; other tabs have their own. */
  const exclusive = createExclusive()
  /** And no other tab writes to the library. In this order always, so that no two tabs wait for each other. */
  const writing: Exclusive = work => exclusive(() => tabs.write(work))
  const info = async () => model.encoder()?.info()
  const space = async () => (await info())?.space
  const saved = createSnapshots({ ...ports, indexes, exclusive, space }, emit)
  const write = { library, indexes, clock, tabs, saved }
  const leftBehind = createLeftBehind(ports, emit)
  const { attach, reload, ...learning } = createLearning(ports, emit)
  const reports = createReports(library, emit)
  const { failed, measureUsage, list } = reports
  const model = createModelStart(
    { ...ports, indexes, saved, failed, attach, heal: () => upkeep.heal(), ready: () => takingIn.work() },
    emit,
  )
  const sentences = createNearestSentences()
  const searching = createSearching(
    () => ({ indexes, encoder: model.encoder(), passages, sentences, clock }),
    emit,
  )
  const { nudge, ...indexing } = createIndexing(
    {
      ...write,
      exclusive,
      createVectorIndex: ports.createVectorIndex,
      dimension: async () => (await info())?.dimension,
      quiet: searching.quiet,
      prepared: saved.rest,
    },
    emit,
  )

  const cutting = createPassages(
    {
      ...write,
      settings: ports.settings,
      encoder: model.encoder,
      exclusive: writing,
      cut(done) {
        passages.forget()
        // Other tabs find old passages until they hear of it.
        if (done % CUT_BETWEEN_NEWS === 0) ports.changes.announce()
      },
      ended: () => upkeep.changed(),
    },
    emit,
  )

  const takingIn = createTakingIn(
    {
      ports,
      write,
      writing,
      encoder: model.readyEncoder,
      passageSettings: cutting.current,
      async remove(ids) {
        await removeAll(ids, write, writing, emit)
        passages.forget()
        upkeep.changed()
      },
      changed: () => upkeep.changed(),
      failed,
    },
    emit,
  )
  const upkeep = createUpkeep(
    {
      write,
      likes,
      exclusive,
      writing,
      passages,
      reports,
      leftBehind,
      reload,
      nudge,
      async follow() {
        void serverSync.follow()
        await takingIn.follow()
      },
      changes: ports.changes,
      encoder: model.encoder,
      inherit: takingIn.inherit,
    },
    emit,
  )
  const removals = createRemovals(write, emit, upkeep.command)
  const serverSync = createServerSync(
    ports,
    { indexes, passages, exclusive: writing, encoder: model.encoder, settled: upkeep.imported },
    emit,
  )

  return {
    async start() {
      ports.changes.listen(upkeep.catchUp)
      // A tab that crashes announces nothing.
      tabs.watch(upkeep.catchUp)
      void saved.restore('words')
      void takingIn.follow()
      await list().catch(failed('library-failed'))
      void measureUsage().catch(failed('library-failed'))
      // Words need no model: they are found while it is still being started.
      void upkeep.heal()
      const tookOver = upkeep.takeOver()
      void serverSync.keepTime()
      await model.prepare()
      // One tab looks for all of them, and reads nothing that it has to take in anyway.
      tabs.lead(() => {
        void cutting.resume()
        void tookOver.then(takingIn.lookAtAll)
      })
    },
    retryModel: model.prepare,
    ...takingIn.commands,
    async search(query) {
      await searching.search(query)
      nudge()
    },
    open: id => library.contents(id),
    ...removals,
    async clear() {
      await takingIn.clear()
      await serverSync.clear(removals.clear)
    },
    async addSamples() {
      try {
        const { files, queries } = await ports.samples.read()
        emit({ type: 'samples-offered', queries })
        await takingIn.commands.add(files)
      } catch (error) {
        failed('command-failed')(error)
      }
    },
    measureUsage,
    async forgetLeftBehind() {
      await leftBehind.forget().catch(failed('command-failed'))
      ports.changes.announce()
    },
    ...learning,
    ...serverSync.commands,
    ...createTransfer(
      ports,
      { indexes, exclusive: writing, encoder: model.encoder, imported: upkeep.imported },
      emit,
    ),
    ...indexing,
    ...cutting.commands,
    ...createEvaluations(() => ({ ...ports, encoder: model.encoder() }), emit),
  }
}
