import { failure, messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import type { Exclusive } from '../core/exclusive.ts'
import { FIRST_INDEX_STATE, type IndexKind, type IndexState } from '../core/index-state.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import { fillIndex } from './fill-index.ts'
import type { Indexes } from './indexes.ts'
import type { Indexing } from './indexing-api.ts'

export interface IndexingPorts {
  readonly library: Library
  readonly clock: Clock
  readonly indexes: Indexes
  readonly exclusive: Exclusive
  readonly createVectorIndex: (dimension: number, kind?: IndexKind) => Promise<VectorIndex>
  /** The model's; `undefined` while there is none. */
  readonly dimension: () => Promise<number | undefined>
  /** Resolves when no search is being answered. */
  readonly quiet: () => Promise<unknown>
  /** Called when there is nothing left to prepare, after something was. */
  readonly prepared: () => void
}

export interface IndexingService extends Indexing {
  /** Called when there may be something to prepare: the library has changed, or a query was answered. */
  nudge(): void
}

/** Milliseconds of preparation between two looks at who else wants something: a key stroke does not notice them. */
const SLICE = 6
/** Milliseconds between two reports. */
const REPORT = 200

/** Tends the vector index while nobody waits, and changes it for another. */
export function createIndexing(ports: IndexingPorts, emit: Emit): IndexingService {
  const { clock, indexes, exclusive, quiet } = ports
  let state: IndexState = FIRST_INDEX_STATE
  let tending = false
  let again = false
  let filling: { aborted: boolean } | undefined
  let reportedAt = -Infinity
  let preparedUpTo = 0

  function tell(changed: Partial<IndexState>): void {
    state = { ...state, ...changed }
    reportedAt = clock.now()
    emit({ type: 'index-changed', index: state })
  }

  function tellProgress(changed: Partial<IndexState>): void {
    const isNews = state.running?.step !== changed.running?.step
    if (isNews || clock.now() - reportedAt >= REPORT) tell(changed)
  }

  async function tend(): Promise<void> {
    for (;;) {
      const index = indexes.vectors
      if (index?.tend === undefined || state.stopped || filling !== undefined) return
      await quiet()
      const preparation = await index.tend(SLICE)
      const { linked, total, idle } = preparation
      const running =
        linked < total && !idle ? ({ step: 'linking', done: linked, total } as const) : undefined
      if (idle) {
        if (linked !== preparedUpTo) ports.prepared()
        preparedUpTo = linked
        return tellIfNew({ preparation, running })
      }
      tellProgress({ preparation, running })
      await clock.breathe()
    }
  }

  function tellIfNew(changed: Partial<IndexState>): void {
    if (JSON.stringify({ ...state, ...changed }) !== JSON.stringify(state)) tell(changed)
  }

  function nudge(): void {
    again = true
    if (!tending) void tendWhileAsked()
  }

  /** What was asked for while a round was ending gets a round of its own. */
  async function tendWhileAsked(): Promise<void> {
    tending = true
    while (again) {
      again = false
      await tend().catch((error: unknown) => tell({ running: undefined, trouble: messageOf(error) }))
    }
    tending = false
  }

  async function change(kind: IndexKind, signal: { aborted: boolean }): Promise<void> {
    const dimension = await ports.dimension()
    if (dimension === undefined) throw failure('ModelUnavailable', 'There is no model yet.')
    const next = await ports.createVectorIndex(dimension, kind)
    try {
      await fillIndex(next, { ...ports, dimension }, signal, (done, total) =>
        tellProgress({ running: { step: 'filling', done, total } }),
      )
    } catch (error) {
      next.close?.()
      throw error
    }
    const previous = indexes.vectors
    indexes.vectors = next
    await quiet()
    previous?.close?.()
    tell({ kind, running: undefined, preparation: undefined, stopped: false, trouble: undefined })
  }

  return {
    nudge,
    measureIndex: async () => tell({}),

    async stopIndexing() {
      if (filling !== undefined) filling.aborted = true
      else tell({ stopped: true, running: undefined })
    },

    async resumeIndexing() {
      tell({ stopped: false })
      nudge()
    },

    async chooseIndex(kind) {
      if (filling !== undefined || kind === state.kind) return
      const signal = { aborted: false }
      filling = signal
      try {
        // Nothing is added meanwhile, so that the other one misses nothing.
        await exclusive(() => change(kind, signal))
      } catch (error) {
        tell({ running: undefined, trouble: `The search engine was not changed. ${messageOf(error)}` })
      } finally {
        filling = undefined
      }
      nudge()
    },
  }
}
