import type { DocumentId, StoredDocument } from '../core/document.ts'
import type { Emit } from '../core/events.ts'
import { clear, putBack, remove, type RemovePorts } from './remove.ts'

export interface Removals {
  remove(id: DocumentId): Promise<void>
  undoRemove(): Promise<void>
  clear(): Promise<void>
}

/** @param command Gives a piece of work its turn, and a sentence when it fails. */
export function createRemovals(
  ports: RemovePorts,
  emit: Emit,
  command: (work: () => Promise<void>) => Promise<void>,
): Removals {
  /** What the last removal took, to be put back. */
  let removed: StoredDocument | undefined
  return {
    remove: id =>
      command(async () => {
        removed = (await remove(id, ports, emit)) ?? removed
      }),
    undoRemove: () =>
      command(async () => {
        if (removed !== undefined) await putBack(removed, ports, emit)
        removed = undefined
      }),
    async clear() {
      await command(() => clear(ports, emit))
      removed = undefined
    },
  }
}
