import { codeOf, failure, messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import type { Exclusive } from '../core/exclusive.ts'
import type { ServerConnection } from '../core/ports/server-connection.ts'
import type { PlannedSync, SyncActivity } from '../core/server-state.ts'
import type { SyncDirection, SyncProgress, SyncReport } from '../core/sync/report.ts'
import { findCopy, takeCopyBack } from './conflict-copies.ts'
import { connectServer } from './connect-server.ts'
import { describeServer } from './describe-server.ts'
import { createPace, type Pace } from './pace.ts'
import { createServerCredentials } from './server-credentials.ts'
import type { Server } from './server-api.ts'
import type { ServerSyncPorts } from './server-ports.ts'
import { createSync } from './sync.ts'
import type { Sync, SyncOptions } from './sync-api.ts'
import { createTakeFromServer, type TakeFromServerPorts } from './take-from-server.ts'
import { testServer } from './test-server.ts'

/** What it needs to know of the engine that it belongs to. */
export interface ServerSyncSurroundings extends Omit<TakeFromServerPorts, 'clock'> {
  readonly exclusive: Exclusive
}

export interface ServerSync {
  readonly commands: Server
  /** Synchronises when it is time to, for as long as the tab lives. Never rejects. */
  keepTime(): Promise<void>
  /** The library was changed, here or in another tab, which may have disconnected: it counts as changed now. Never rejects. */
  follow(): Promise<void>
  /** Runs `work`, which empties the library, when nobody synchronises; what is gone by it is not removed elsewhere. */
  clear(work: () => Promise<void>): Promise<void>
}

interface Running {
  readonly what: SyncActivity['what']
  readonly control: AbortController
  readonly pace: Pace
}

/** Name of the work that one tab does at a time. */
const ALONE = 'sync'
/** Milliseconds between two looks at whether it is time. */
const TICK = 20_000
/** Looks for the model, half a second between two. */
const MODEL_LOOKS = 60

/** Synchronises the library with a server, as somebody says or at intervals. */
export function createServerSync(
  ports: ServerSyncPorts,
  around: ServerSyncSurroundings,
  emit: Emit,
): ServerSync {
  const { server, connections, syncJournal: journal, library, clock, tabs, changes } = ports
  const { exclusive } = around
  const credentials = createServerCredentials(ports)
  const { settle, ...takes } = createTakeFromServer({ ...around, clock }, emit)
  let running: Running | undefined
  let plan: PlannedSync | undefined
  let trouble: string | undefined
  let isTold = false

  async function tell(): Promise<void> {
    isTold = true
    const activity = running && { what: running.what, paused: running.pace.isPaused() }
    const described = await describeServer({ activity, plan, trouble }, { ...ports, credentials })
    emit({ type: 'server-changed', server: described })
  }

  function failed(error: unknown): void {
    emit({ type: 'command-failed', code: codeOf(error) ?? 'Unknown', message: messageOf(error) })
  }

  async function model() {
    // Right after a start it is about to be there.
    for (let tried = 0; around.encoder() === undefined && tried < MODEL_LOOKS; tried++) {
      await clock.rest?.(500)
    }
    const info = await around.encoder()?.info()
    if (info !== undefined) return info
    throw failure('ModelUnavailable', 'The model is still being loaded. Try again when it is there.')
  }

  async function openSync(
    connection: ServerConnection,
    credential = credentials.of(connection),
  ): Promise<Sync> {
    const { space, dimension } = await model()
    return createSync({
      ...ports,
      server: server.connect(connection, credential),
      collection: connection.collection,
      space,
      dimension,
      journal,
      exclusive,
      ...takes,
    })
  }

  function progressed(progress: SyncProgress): void {
    emit({ type: 'sync-progressed', progress })
  }

  /** Runs `work` unless this tab does something, or another one, which is a failure. */
  async function act<T>(
    what: SyncActivity['what'],
    work: (sync: Sync, options: SyncOptions) => Promise<T>,
    busy: () => Promise<T>,
  ): Promise<T> {
    const mine: Running = { what, control: new AbortController(), pace: createPace(clock) }
    running = mine
    const control = { signal: mine.control.signal, turn: mine.pace.turn }
    try {
      await tell()
      return await tabs.alone(
        ALONE,
        async () => {
          const connection = await connections.load()
          if (connection === undefined) throw failure('Cancelled', 'The server was disconnected.')
          return await work(await openSync(connection), { control, progress: progressed })
        },
        busy,
      )
    } finally {
      running = undefined
    }
  }

  async function compare(full: boolean): Promise<void> {
    if (running !== undefined) return
    plan = trouble = undefined
    try {
      const found = await act('comparing', (sync, options) => sync.plan('both', { ...options, full }), isBusy)
      plan = { plan: found, full }
    } catch (error) {
      trouble = messageOf(error)
    }
    await tell()
  }

  /** @param busy Instead, while another tab does so. */
  async function synchronise(
    direction: SyncDirection,
    full: boolean,
    busy: () => Promise<SyncReport | undefined> = isBusy,
  ): Promise<void> {
    if (running !== undefined) return
    plan = trouble = undefined
    const report = await act<SyncReport | undefined>(
      direction,
      async (sync, options) => {
        const outcome = await sync.run(direction, { ...options, full })
        return { at: clock.now(), direction, kind: 'done', outcome }
      },
      busy,
    ).catch((error: unknown): SyncReport => {
      const kind = codeOf(error) === 'Cancelled' ? 'cancelled' : 'failed'
      return { at: clock.now(), direction, kind, sentence: messageOf(error) }
    })
    await settle()
    // What was disconnected meanwhile has no report.
    if (report !== undefined && (await connections.load()) !== undefined) await connections.keepReport(report)
    if (report !== undefined) emit({ type: 'sync-ended', report })
    await tell()
  }

  async function isDue(): Promise<boolean> {
    if (running !== undefined || around.encoder() === undefined) return false
    const connection = await connections.load()
    if (connection === undefined || connection.every === 0) return false
    if (credentials.needs(connection) !== 'nothing') return false
    const last = await connections.report()
    return clock.now() - (last?.at ?? 0) >= connection.every * 60_000
  }

  /** Another tab that does so at this moment does it for this one. */
  function scheduled(): Promise<void> {
    return synchronise('both', false, async () => undefined).catch(() => undefined)
  }

  /** What was changed counts as changed now; whoever synchronises notes it himself. */
  async function note(connection: ServerConnection): Promise<void> {
    if (running !== undefined || around.encoder() === undefined) return
    const sync = await openSync(connection, { kind: 'none' })
    await tabs.alone(ALONE, sync.note, async () => undefined)
  }

  async function disconnect(): Promise<void> {
    running?.control.abort()
    running?.pace.goOn()
    credentials.forget()
    plan = trouble = undefined
    await connections.forget()
    // So that a tab that synchronises right now hears of it.
    changes.announce()
  }

  const commands: Server = {
    measureServer: () => tell().catch(failed),
    async testServer(place, credential) {
      try {
        return await testServer(place, credential, await model(), ports)
      } catch (error) {
        return { kind: 'failed', sentence: messageOf(error), cure: '' }
      }
    },
    async connectServer(place, credential, name, passphrase) {
      try {
        const parts = { server, connections, credentials }
        await connectServer(place, credential, name, passphrase, await model(), parts)
        await tell()
        return undefined
      } catch (error) {
        return { problem: messageOf(error) }
      }
    },
    async unlockServer(secret) {
      try {
        const connection = await connections.load()
        if (connection !== undefined) await credentials.unlock(connection, secret)
        await tell()
        return undefined
      } catch (error) {
        return { problem: messageOf(error) }
      }
    },
    disconnectServer: () => disconnect().then(tell).catch(failed),
    async scheduleSync(every) {
      try {
        const connection = await connections.load()
        if (connection !== undefined) await connections.keep({ ...connection, every })
        await tell()
      } catch (error) {
        failed(error)
      }
    },
    compareWithServer: full => compare(full).catch(failed),
    synchronise: (direction, full) => synchronise(direction, full).catch(failed),
    async pauseSync() {
      running?.pace.pause()
      await tell().catch(failed)
    },
    async resumeSync() {
      running?.pace.goOn()
      await tell().catch(failed)
    },
    async cancelSync() {
      running?.control.abort()
      running?.pace.goOn()
    },
    async takeCopyBack(id, revision) {
      const parts = { journal, library, clock, exclusive, ...takes }
      await takeCopyBack(id, revision, parts).then(settle).then(tell).catch(failed)
    },
    readCopy: (id, revision) =>
      findCopy(id, revision, { journal })
        .then(copy => copy?.stored.contents.text)
        .catch(() => undefined),
    dropCopy: (id, revision) => journal.dropCopy(id, revision).then(tell).catch(failed),
  }

  return {
    commands,
    async keepTime() {
      // Who has connected none pays for nothing more.
      if ((await connections.load().catch(() => undefined)) !== undefined) await tell().catch(() => undefined)
      while (clock.rest !== undefined) {
        await clock.rest(TICK)
        if (await isDue().catch(() => false)) await scheduled()
      }
    },
    async follow() {
      const connection = await connections.load().catch(() => undefined)
      if (connection === undefined) running?.control.abort()
      else await note(connection).catch(() => undefined)
      if (isTold) await tell().catch(() => undefined)
    },
    async clear(work) {
      await disconnect().catch(failed)
      await tabs.alone(ALONE, async () => {
        await journal.clear().catch(failed)
        await work()
      })
      if (isTold) await tell().catch(failed)
    },
  }
}

function isBusy(): Promise<never> {
  return Promise.reject(failure('VectorServerFailed', 'Another tab synchronises at this moment.'))
}
