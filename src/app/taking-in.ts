import type { DocumentId } from '../core/document.ts'
import type { Emit } from '../core/events.ts'
import type { Exclusive } from '../core/exclusive.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { Adding } from './adding-api.ts'
import { type AddingQueue, type AddingQueuePorts, createAddingQueue } from './adding-queue.ts'
import type { EnginePorts } from './engine-ports.ts'
import { createFolders, type FolderKeeper } from './folders.ts'
import type { Folders } from './folders-api.ts'
import type { IngestPorts } from './ingest.ts'
import { createJournal } from './journal.ts'
import type { Reports } from './reports.ts'
import type { Snapshots } from './snapshots.ts'
import { createTables } from './tables.ts'
import type { Tables } from './tables-api.ts'

interface TakingInPorts {
  readonly ports: EnginePorts
  readonly write: Pick<IngestPorts, 'library' | 'indexes' | 'clock'> & { readonly saved: Snapshots }
  /** A turn to write to the library. */
  readonly writing: Exclusive
  /** Files wait until there is one. */
  readonly encoder: () => Encoder | undefined
  readonly passageSettings: NonNullable<AddingQueuePorts['passageSettings']>
  /** Removes documents whose files are gone. */
  readonly remove: (ids: readonly DocumentId[]) => Promise<void>
  /** The library has changed. */
  readonly changed: () => void
  readonly failed: Reports['failed']
}

export interface TakingIn
  extends Pick<AddingQueue, 'work' | 'inherit'>,
    Pick<FolderKeeper, 'follow' | 'lookAtAll'> {
  readonly commands: Adding & Folders & Tables
  /** Gives up what waits, and forgets folders and how tables were to be read. */
  clear(): Promise<void>
}

/** The queue of files, and what fills it by itself: folders that are looked at again, and tables that are read otherwise. */
export function createTakingIn(taking: TakingInPorts, emit: Emit): TakingIn {
  const { ports, write } = taking
  const failed = taking.failed('command-failed')
  const actions = {
    add: (...[files]: Parameters<Adding['add']>) => void queue.commands.add(files),
    remove: taking.remove,
    failed,
  }
  const { origins, added, lookAtAll, rested, follow, clear, ...folders } = createFolders(ports, actions, emit)
  const tables = createTables(ports, actions)
  const queue = createAddingQueue(
    {
      ...write,
      extractor: tables.extractor,
      exclusive: taking.writing,
      encoder: taking.encoder,
      journal: createJournal(ports),
      added,
      passageSettings: taking.passageSettings,
      ended() {
        rested()
        taking.changed()
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
      if (event.type === 'document-added') write.saved.work()
    },
  )
  return {
    commands: { ...queue.commands, ...folders, ...tables.commands },
    work: queue.work,
    inherit: queue.inherit,
    follow,
    lookAtAll,
    async clear() {
      await queue.commands.cancelAdding()
      await clear()
      await tables.clear()
    },
  }
}
