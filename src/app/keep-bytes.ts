import { codeOf } from '../core/errors.ts'
import type { LibraryBlob } from '../core/ports/files.ts'
import type { LibraryUsage } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { WaitingFiles } from '../core/ports/waiting-files.ts'

/** The bytes of waiting files, kept so that they outlive the tab. Nothing waits for them, and a failure is nobody's news. */
export interface ByteKeeper {
  /** In the order in which they are needed. Their names are noted already. */
  add(files: readonly WaitingBytes[]): void
  settled(id: string): void
}

export interface WaitingBytes {
  readonly id: string
  readonly blob: LibraryBlob
}

export interface ByteKeeperPorts {
  readonly waiting: Pick<WaitingFiles, 'keep' | 'settle'>
  readonly usage: () => Promise<LibraryUsage>
  readonly clock: Clock
}

const MEGABYTE = 1024 * 1024
/** A larger file takes long to copy, and somebody who has it can find it again. */
const LARGEST = 256 * MEGABYTE
/** Of all that waits in this tab, in bytes: the rest is kept as soon as what comes before it is taken in. */
const ROOM = 1024 * MEGABYTE
/** Of the space that is free: documents need it more. */
const SHARE = 0.25
/** Of one transaction, so that whoever waits for the disk never waits long. */
const BATCH = { files: 64, bytes: 4 * MEGABYTE }

export function createByteKeeper({ waiting, usage, clock }: ByteKeeperPorts): ByteKeeper {
  /** By id, in order. */
  const pending = new Map<string, LibraryBlob>()
  const kept = new Map<string, number>()
  let total = 0
  let running = false

  function room(free: number): number {
    return Math.min(ROOM, (free + total) * SHARE)
  }

  function nextBatch(limit: number): WaitingBytes[] {
    const batch: WaitingBytes[] = []
    let bytes = 0
    for (const [id, blob] of pending) {
      if (blob.size > LARGEST) pending.delete(id)
      else {
        const isFull = batch.length === BATCH.files || (bytes > 0 && bytes + blob.size > BATCH.bytes)
        if (isFull || total + bytes + blob.size > limit) break
        bytes += blob.size
        batch.push({ id, blob })
      }
    }
    return batch
  }

  async function keep(batch: readonly WaitingBytes[]): Promise<void> {
    for (const { id, blob } of batch) {
      pending.delete(id)
      kept.set(id, blob.size)
      total += blob.size
    }
    await waiting.keep(batch)
    const late = batch.filter(({ id }) => !kept.has(id)).map(({ id }) => id)
    if (late.length > 0) await waiting.settle(late)
  }

  function giveUp(batch: readonly WaitingBytes[]): void {
    for (const { id } of batch) forget(id)
  }

  function forget(id: string): void {
    pending.delete(id)
    total -= kept.get(id) ?? 0
    kept.delete(id)
  }

  async function run(): Promise<void> {
    const { used, quota } = await usage()
    const limit = room(quota - used)
    for (let batch = nextBatch(limit); batch.length > 0; batch = nextBatch(limit)) {
      try {
        await keep(batch)
      } catch (error) {
        giveUp(batch)
        if (codeOf(error) === 'StorageFull') return pending.clear()
      }
      await clock.breathe()
    }
  }

  function work(): void {
    if (running || pending.size === 0) return
    running = true
    void run()
      .catch(() => pending.clear())
      .finally(() => {
        running = false
      })
  }

  return {
    add(files) {
      for (const { id, blob } of files) pending.set(id, blob)
      work()
    },
    settled(id) {
      forget(id)
      work()
    },
  }
}
