import { createCatalogue } from '../core/catalogue.ts'
import { codeOf, messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import { createExclusive, type Exclusive } from '../core/exclusive.ts'
import type { IndexKind } from '../core/index-state.ts'
import type {
  Encoder,
  Extractor,
  LexicalIndex,
  LibraryChanges,
  SampleSource,
  Tabs,
  VectorIndex,
  WaitingFiles,
} from '../core/ports.ts'
import { createAddingQueue } from './adding-queue.ts'
import type { Engine } from './engine-api.ts'
import type { EvaluatePorts } from './evaluate.ts'
import { createEvaluations } from './evaluations.ts'
import type { Indexes } from './indexes.ts'
import { createIndexing } from './indexing.ts'
import { createLearning } from './learning.ts'
import { createLeftBehind } from './left-behind.ts'
import { createPassageCache } from './passage-cache.ts'
import { reconcile } from './reconcile.ts'
import { createRemovals } from './removals.ts'
import { search } from './search.ts'
import { createTransfer, type TransferPorts } from './transfer.ts'
import { createWaitingNotes } from './waiting-notes.ts'

export interface EnginePorts extends TransferPorts {
  readonly words: LexicalIndex
  readonly extractor: Extractor
  readonly samples: SampleSource
  readonly changes: LibraryChanges
  readonly tabs: Tabs
  readonly waiting: WaitingFiles
  /** Loads the model and starts its encoder; tells of its progress itself. */
  readonly startEncoder: (emit: Emit) => Promise<Encoder>
  /** Belfry's own unless another kind is asked for. */
  readonly createVectorIndex: (dimension: number, kind?: IndexKind) => Promise<VectorIndex>
  readonly readSetFile: EvaluatePorts['readSetFile']
}

/** Binds the verbs to one set of ports, and decides only what waits for what. */
export function createEngine(ports: EnginePorts, emit: Emit): Omit<Engine, 'subscribe'> {
  const { library, clock, tabs } = ports
  const indexes: Indexes = { words: ports.words, vectors: undefined, catalogue: createCatalogue() }
  const passages = createPassageCache(library)
  /** Nothing else in this tab changes the indexes; other tabs have their own. */
  const exclusive = createExclusive()
  /** And no other tab writes to the library. In this order always, so that no two tabs wait for each other. */
  const writing: Exclusive = work => exclusive(() => tabs.write(work))
  const write = { library, indexes, clock, tabs }
  const leftBehind = createLeftBehind(ports, emit)
  const { attach, reload, ...learning } = createLearning(ports, emit)
  let encoder: Encoder | undefined
  let newestSearch = 0
  let searching: Promise<unknown> = Promise.resolve()
  const { nudge, ...indexing } = createIndexing(
    {
      ...write,
      exclusive,
      createVectorIndex: ports.createVectorIndex,
      dimension: async () => (await encoder?.info())?.dimension,
      quiet: () => searching,
    },
    emit,
  )

  const queue = createAddingQueue(
    {
      ...write,
      extractor: ports.extractor,
      exclusive: writing,
      encoder: () => encoder,
      notes: createWaitingNotes(ports),
      ended: changed,
    },
    emit,
  )
  const failed = (type: 'library-failed' | 'model-failed' | 'command-failed') => (error: unknown) =>
    emit({ type, code: codeOf(error) ?? 'Unknown', message: messageOf(error) })
  const measureUsage = async () => emit({ type: 'usage-measured', usage: await library.usage() })
  const list = async () => emit({ type: 'library-opened', documents: await library.documents() })
  const heal = () =>
    exclusive(() => reconcile({ ...write, encoder }, emit))
      .catch(failed('library-failed'))
      .finally(nudge)

  function changed(): void {
    nudge()
    ports.changes.announce()
    void measureUsage().catch(failed('library-failed'))
    void leftBehind.measure()
  }

  /** After something that another tab did. */
  function catchUp(): void {
    passages.forget()
    void reload().catch(failed('library-failed'))
    void heal().then(list).catch(failed('library-failed'))
    void leftBehind.measure()
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

  async function answer(query: string): Promise<void> {
    const number = ++newestSearch
    const isStale = () => number !== newestSearch
    try {
      const found = await search(query, { indexes, encoder, passages, clock }, isStale)
      if (found !== undefined && !isStale()) emit({ type: 'search-finished', query, answer: found })
    } catch (error) {
      if (!isStale()) emit({ type: 'search-failed', query, message: messageOf(error) })
    }
  }

  async function prepareModel(): Promise<void> {
    try {
      const started = await attach(await ports.startEncoder(emit))
      const info = await started.info()
      indexes.vectors ??= await ports.createVectorIndex(info.dimension)
      encoder = started
      emit({ type: 'model-ready', info })
    } catch (error) {
      failed('model-failed')(error)
    }
    await heal()
    queue.work()
  }

  return {
    async start() {
      ports.changes.listen(catchUp)
      // A tab that crashes announces nothing.
      tabs.watch(catchUp)
      void leftBehind.measure()
      await list().then(measureUsage).catch(failed('library-failed'))
      await prepareModel()
    },
    retryModel: prepareModel,
    add: async files => queue.add(files),
    cancelAdding: queue.cancel,
    retry: async ticket => queue.retry(ticket),
    async search(query) {
      searching = answer(query)
      await searching
      nudge()
    },
    open: id => library.contents(id),
    ...removals,
    async clear() {
      await queue.cancel()
      await removals.clear()
    },
    async addSamples() {
      try {
        const { files, queries } = await ports.samples.read()
        emit({ type: 'samples-offered', queries })
        queue.add(files)
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
    ...createTransfer(ports, { indexes, exclusive: writing, encoder: () => encoder, imported }, emit),
    ...indexing,
    ...createEvaluations(() => ({ ...ports, encoder }), emit),
  }
}
