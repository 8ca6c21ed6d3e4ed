import type { DocumentId } from '../core/document.ts'
import { encodeUtf8 } from '../core/library-file/utf8.ts'
import type { DoubtfulRecords, SyncEntry, SyncState } from '../core/ports/sync-journal.ts'
import type { HashText } from '../core/sync/document-records.ts'
import { checkDevice, type Revision, START, tick, witness } from '../core/sync/revision.ts'
import type { SyncPorts } from './sync-api.ts'

/** The journal of one run: read once, and written through. */
export interface SyncBook {
  entry(id: DocumentId): SyncEntry | undefined
  entries(): readonly SyncEntry[]
  state(): SyncState
  put(entries: readonly SyncEntry[]): Promise<void>
  drop(ids: readonly DocumentId[]): Promise<void>
  change(part: Partial<SyncState>): Promise<void>
  doubt(records: readonly DoubtfulRecords[]): Promise<void>
  /** The next one of this device. It is noted with the entry that has it. */
  revise(): Revision
  /** Somebody else's was seen. */
  witness(revision: Revision): void
  readonly hash: HashText
}

type BookPorts = Pick<SyncPorts, 'journal' | 'clock' | 'cryptography' | 'createSha256'>

export async function openSyncBook(ports: BookPorts): Promise<SyncBook> {
  const { journal, clock, createSha256 } = ports
  const entries = new Map((await journal.entries()).map(entry => [entry.id, entry]))
  let state = (await journal.state()) ?? firstState(ports)
  checkDevice(state.device)
  let time = state.clock
  // A revision that was given is in an entry, even where the state was not written afterwards.
  for (const { revision } of entries.values()) time = witness(time, revision)

  const change = async (part: Partial<SyncState>) => {
    state = { ...state, ...part, clock: time }
    await journal.keepState(state)
  }

  return {
    entry: id => entries.get(id),
    entries: () => [...entries.values()],
    state: () => state,
    async put(changed) {
      if (changed.length === 0) return
      await journal.put(changed)
      for (const entry of changed) entries.set(entry.id, entry)
    },
    async drop(ids) {
      if (ids.length === 0) return
      await journal.drop(ids)
      for (const id of ids) entries.delete(id)
    },
    change,
    async doubt(records) {
      const all = new Map([...state.doubtful, ...records].map(one => [`${one.id} ${one.revision}`, one]))
      await change({ doubtful: [...all.values()] })
    },
    revise() {
      const [next, revision] = tick(time, clock.now(), state.device)
      time = next
      return revision
    },
    witness(revision) {
      time = witness(time, revision)
    },
    hash(text) {
      const sha256 = createSha256()
      sha256.update(encodeUtf8(text))
      return sha256.digest()
    },
  }
}

function firstState({ cryptography }: BookPorts): SyncState {
  const device = Array.from(cryptography.randomBytes(8), byte => (byte % 36).toString(36)).join('')
  return { device, clock: START, cursor: -1, awaited: [], doubtful: [] }
}
