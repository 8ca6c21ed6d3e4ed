import { messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import type { Exclusive } from '../core/exclusive.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { Snapshot, SnapshotStore } from '../core/ports/snapshots.ts'
import type { Tabs } from '../core/ports/tabs.ts'
import type { Saveable } from '../core/snapshot.ts'
import type { Indexes } from './indexes.ts'

export type SnapshotName = (typeof NAMES)[number]

export interface SnapshotPorts {
  readonly snapshots: SnapshotStore
  readonly indexes: Indexes
  readonly exclusive: Exclusive
  readonly clock: Clock
  readonly tabs: Pick<Tabs, 'lead'>
  /** Of the model; vectors of another space are not had back. `undefined` while there is none. */
  readonly space: () => Promise<string | undefined>
}

export interface Snapshots {
  /** Has an empty index back as it was saved; leaves it empty when that cannot be. Never rejects. */
  restore(name: SnapshotName): Promise<void>
  /** Called when an index may have changed and nobody works on it. */
  rest(): void
  /** Called when an index has changed and goes on changing. */
  work(): void
  /** Forgets what was saved: it holds the words of documents. To be called while nobody else changes the indexes. */
  drop(): Promise<void>
}

const NAMES = ['words', 'vectors', 'likeness'] as const
/** Milliseconds between two saves while documents are added. */
const PAUSE = 30_000

/**
 * Saves the indexes, so that a start need not make them from the library's texts and vectors. One of the tabs does; all
 * of them have them back. A failure costs time at the next start, and nothing else.
 */
export function createSnapshots(ports: SnapshotPorts, emit: Emit): Snapshots {
  const { snapshots, exclusive, clock } = ports
  const known = new Map<SnapshotName, Snapshot>()
  let leads = false
  let running = false
  let again = false
  let savedAt = clock.now()

  ports.tabs.lead(() => {
    leads = true
    if (again) rest()
  })

  async function sourceOf(name: SnapshotName): Promise<Saveable | undefined> {
    const { words, vectors, likes } = ports.indexes
    if (name === 'words') return words.saveable
    if (name === 'likeness') return likes?.saveable
    const [space, saveable] = [await ports.space(), vectors?.saveable]
    return space === undefined || saveable === undefined
      ? undefined
      : { ...saveable, format: `${saveable.format}, of ${space}` }
  }

  async function restore(name: SnapshotName): Promise<void> {
    const source = await sourceOf(name)
    if (source === undefined) return
    const snapshot = await snapshots.open(name)
    if (snapshot === undefined) return
    if (snapshot.format !== source.format)
      return tellRebuilt('was saved by another version or for another model')
    try {
      await source.restore(snapshot.parts)
      known.set(name, snapshot)
    } catch (error) {
      // Another tab may have saved, and dropped these parts, since they were looked up.
      const newer = await snapshots.open(name)
      if (newer !== undefined && !isSame(newer, snapshot)) return restore(name)
      tellRebuilt('was damaged', messageOf(error))
    }
  }

  function tellRebuilt(why: string, detail?: string): void {
    emit({ type: 'index-rebuilt', why, detail })
  }

  async function save(name: SnapshotName): Promise<void> {
    const source = await sourceOf(name)
    if (source === undefined) return
    known.set(name, await snapshots.save(name, source, known.get(name)))
  }

  async function saveAll(): Promise<void> {
    for (const name of NAMES) await exclusive(() => save(name))
  }

  function rest(): void {
    again = true
    if (leads && !running) void saveWhileAsked()
  }

  async function saveWhileAsked(): Promise<void> {
    running = true
    while (again) {
      again = false
      // A full disk, most likely, which is told where documents are stored. What is saved stays as it was.
      await saveAll().catch(() => undefined)
      savedAt = clock.now()
    }
    running = false
  }

  return {
    restore: name => exclusive(() => restore(name)).catch(() => undefined),
    rest,
    work() {
      if (clock.now() - savedAt >= PAUSE) rest()
    },
    async drop() {
      known.clear()
      for (const name of NAMES) await snapshots.drop(name)
    },
  }
}

function isSame(one: Snapshot, other: Snapshot): boolean {
  return statesOf(one) === statesOf(other)
}

function statesOf({ format, parts }: Snapshot): string {
  return JSON.stringify([format, ...parts.map(({ name, version }) => [name, version])])
}
