import type { Saveable, SavedPart } from '../snapshot.ts'

/** Caches of the library as they were saved last, by name. */
export interface SnapshotStore {
  /** What was written last; `undefined` when there is nothing, or nothing that can be understood. */
  open(name: string): Promise<Snapshot | undefined>
  /**
   * Saves `source` whole: parts that `base` has in the same version are kept, the others are written, and what it has no
   * more is dropped. It shows all at once, at the end; until then, and after a failure, the one before stays.
   * @param base What was opened or saved last by this caller. A snapshot that another has written meanwhile is replaced.
   * @throws StorageFull.
   */
  save(name: string, source: Saveable, base: Snapshot | undefined): Promise<Snapshot>
  drop(name: string): Promise<void>
  /** Bytes of all of them. */
  size(): Promise<number>
}

export interface Snapshot {
  readonly format: string
  readonly parts: readonly SavedPart[]
}
