import type { DBSchema } from 'idb'
import type { Snapshot, SnapshotStore } from '../core/ports/snapshots.ts'
import type { PartState, Saveable } from '../core/snapshot.ts'
import {
  entryOf,
  expectIntact,
  openHeader,
  type PartEntry,
  type SealedHeader,
  sealHeader,
} from '../core/snapshot-header.ts'
import { connect } from './idb-connection.ts'

interface SnapshotSchema extends DBSchema {
  headers: { key: string; value: SealedHeader }
  parts: { key: [name: string, id: string]; value: Uint8Array<ArrayBuffer> }
}

/** What this adapter knows of a snapshot, beside what everybody may. */
interface StoredSnapshot extends Snapshot {
  readonly entries: readonly PartEntry[]
}

/** Bytes that are handed to the database in one transaction: it copies them. */
const BATCH_BYTES = 8 * 1024 * 1024
/** A source that changes while it is copied is copied again; so often at most. */
const ATTEMPTS = 3

/**
 * Snapshots in a database of their own, since all of it can be made again. A save writes its new parts first, each under
 * an id that nobody else has, then names them in a header and drops what that does not name, in one transaction: a save
 * that stops anywhere leaves the snapshot before it as it was.
 */
export function openIdbSnapshots(name = 'belfry-snapshots'): SnapshotStore & { close(): Promise<void> } {
  const connection = connect<SnapshotSchema>(name, 1, db => {
    db.createObjectStore('headers')
    db.createObjectStore('parts')
  })

  function snapshotOf(of: string, format: string, entries: readonly PartEntry[]): StoredSnapshot {
    const parts = entries.map(entry => ({
      name: entry.name,
      version: entry.version,
      read: async () => expectIntact(entry, await connection.run(db => db.get('parts', [of, entry.id]))),
    }))
    return { format, parts, entries }
  }

  const put = (of: string, waiting: ReadonlyMap<string, Uint8Array<ArrayBuffer>>) =>
    connection.run(async db => {
      const tx = db.transaction('parts', 'readwrite')
      const requests = Array.from(waiting, ([id, bytes]) => tx.store.put(bytes, [of, id]))
      await Promise.all([...requests, tx.done])
    })

  /** Parts that `kept` has are not written again. */
  async function writeParts(
    of: string,
    source: Saveable,
    states: readonly PartState[],
    kept: readonly PartEntry[],
  ): Promise<PartEntry[]> {
    const keptByName = new Map(kept.map(entry => [entry.name, entry]))
    const entries: PartEntry[] = []
    let waiting = new Map<string, Uint8Array<ArrayBuffer>>()
    let bytesWaiting = 0
    // One batch is written while the next is copied.
    let writing = Promise.resolve()
    const write = async () => {
      const batch = waiting
      waiting = new Map()
      bytesWaiting = 0
      await writing
      writing = put(of, batch)
      writing.catch(() => undefined)
    }
    for (const { name: part, version } of states) {
      const known = keptByName.get(part)
      if (known?.version === version) {
        entries.push(known)
        continue
      }
      const bytes = await source.readPart(part)
      const entry = entryOf(part, version, crypto.randomUUID(), bytes)
      entries.push(entry)
      waiting.set(entry.id, bytes)
      bytesWaiting += bytes.length
      if (bytesWaiting < BATCH_BYTES) continue
      await write()
    }
    if (waiting.size > 0) await write()
    await writing
    return entries
  }

  /** False when another tab has dropped a part in the meantime. */
  const publish = (of: string, format: string, entries: readonly PartEntry[]) =>
    connection.run(async db => {
      const tx = db.transaction(['headers', 'parts'], 'readwrite')
      const present = (await tx.objectStore('parts').getAllKeys(partsOf(of))).map(([, id]) => id)
      const there = new Set(present)
      if (!entries.every(({ id }) => there.has(id))) return false
      const named = new Set(entries.map(({ id }) => id))
      const gone = present.filter(id => !named.has(id))
      await Promise.all([
        tx.objectStore('headers').put(sealHeader({ format, parts: entries }), of),
        ...gone.map(id => tx.objectStore('parts').delete([of, id])),
        tx.done,
      ])
      return true
    })

  const drop = (of: string) =>
    connection.run(async db => {
      const tx = db.transaction(['headers', 'parts'], 'readwrite')
      await Promise.all([
        tx.objectStore('headers').delete(of),
        tx.objectStore('parts').delete(partsOf(of)),
        tx.done,
      ])
    })

  return {
    async open(of) {
      const header = openHeader(await connection.run(db => db.get('headers', of)))
      return header && snapshotOf(of, header.format, header.parts)
    },

    async save(of, source, base) {
      let from = base?.format === source.format && isStored(base) ? base : undefined
      for (let left = ATTEMPTS; left > 0; left--) {
        const states = await source.parts()
        if (from !== undefined && sameStates(states, from.entries)) return from
        const entries = await writeParts(of, source, states, from?.entries ?? [])
        if (!sameStates(states, await source.parts())) continue
        if (await publish(of, source.format, entries)) return snapshotOf(of, source.format, entries)
        from = undefined
      }
      throw new Error(`expected “${of}” to stay as it is while it is saved, but it changed ${ATTEMPTS} times`)
    },

    drop,

    async size() {
      const headers = await connection.run(db => db.getAll('headers'))
      const entries = headers.flatMap(sealed => openHeader(sealed)?.parts ?? [])
      return entries.reduce((sum, { bytes }) => sum + bytes, 0)
    },

    close: () => connection.close(),
  }
}

function isStored(snapshot: Snapshot): snapshot is StoredSnapshot {
  return 'entries' in snapshot
}

function sameStates(some: readonly PartState[], others: readonly PartState[]): boolean {
  return (
    some.length === others.length &&
    some.every(({ name, version }, i) => others[i]?.name === name && others[i].version === version)
  )
}

/** An array sorts after every string. */
function partsOf(name: string): IDBKeyRange {
  return IDBKeyRange.bound([name], [name, []])
}
