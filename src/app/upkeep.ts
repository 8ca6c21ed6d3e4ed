import type { Emit } from '../core/events.ts'
import type { Exclusive } from '../core/exclusive.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { LibraryChanges } from '../core/ports/tabs.ts'
import type { LeftBehind } from './left-behind.ts'
import type { Likeness } from './likeness.ts'
import type { PassageCache } from './passage-cache.ts'
import { reconcile, type ReconcilePorts } from './reconcile.ts'
import type { RemovePorts } from './remove.ts'
import type { Reports } from './reports.ts'
import type { Snapshots } from './snapshots.ts'

interface UpkeepPorts {
  readonly write: RemovePorts & Omit<ReconcilePorts, 'encoder'> & { readonly saved: Snapshots }
  readonly likes: Likeness
  readonly exclusive: Exclusive
  /** A turn to write to the library. */
  readonly writing: Exclusive
  readonly passages: PassageCache
  readonly changes: LibraryChanges
  readonly reports: Reports
  readonly leftBehind: LeftBehind
  readonly encoder: () => Encoder | undefined
  /** Reads again what was learned. */
  readonly reload: () => Promise<void>
  /** The vector index may have something to prepare. */
  readonly nudge: () => void
  /** Folders may have other documents. */
  readonly follow: () => Promise<void>
  /** Takes over what tabs that have ended had still to take in. */
  readonly inherit: () => Promise<void>
}

/** What follows when the library has changed: the indexes are made equal to it, and whoever shows it is told. */
export interface Upkeep {
  /** Makes the indexes equal to the library. Never rejects. */
  heal(): Promise<void>
  /** After a change of this tab, which the indexes have. */
  changed(): void
  /** After something that another tab did. */
  catchUp(): void
  takeOver(): Promise<void>
  /** After an import, which the indexes lack. */
  imported(): Promise<void>
  /** A command that writes: its turn, its consequences, and a sentence when it fails. */
  command(work: () => Promise<void>): Promise<void>
}

export function createUpkeep(ports: UpkeepPorts, emit: Emit): Upkeep {
  const { write, likes, passages, reports, leftBehind, follow, nudge } = ports
  const { library, indexes, clock, saved } = write
  const { failed } = reports
  let restoredLikes: Promise<void> | undefined
  let comparing: Promise<void> = Promise.resolve()

  const upkeep: Upkeep = {
    heal: () =>
      ports
        .exclusive(() => reconcile({ ...write, encoder: ports.encoder() }, emit))
        .catch(failed('library-failed'))
        .finally(() => {
          nudge()
          saved.rest()
          comparing = comparing.then(compareAll).catch(failed('library-failed'))
        }),
    changed() {
      nudge()
      saved.rest()
      ports.changes.announce()
      void reports.measureUsage().catch(failed('library-failed'))
      void leftBehind.measure()
      void follow()
    },
    catchUp() {
      passages.forget()
      void ports.reload().catch(failed('library-failed'))
      void upkeep.heal().then(reports.list).then(follow).catch(failed('library-failed'))
      void upkeep.takeOver()
    },
    async takeOver() {
      await ports.inherit()
      await leftBehind.measure()
    },
    async imported() {
      await ports.reload().catch(failed('command-failed'))
      await upkeep.heal()
      upkeep.changed()
    },
    async command(work) {
      await ports.writing(work).catch(failed('command-failed'))
      passages.forget()
      upkeep.changed()
    },
  }
  return upkeep

  /** Which documents are nearly the same. Nobody waits for it. */
  async function compareAll(): Promise<void> {
    restoredLikes ??= saved.restore('likeness')
    await restoredLikes
    if (await likes.fill(indexes.catalogue, library, clock)) saved.rest()
  }
}
