import type { Emit } from '../core/events.ts'
import { knownIn, ofDeadTabs, type WaitingPorts } from './waiting-ports.ts'

/** The files that tabs had still to take in when they ended, and that were not kept: nobody can read them any more. */
export interface LeftBehind {
  /** Tells of them with `files-left-behind` when they are others than those told of last. Never rejects. */
  measure(): Promise<void>
  /** They were seen. */
  forget(): Promise<void>
}

export function createLeftBehind(ports: WaitingPorts, emit: Emit): LeftBehind {
  let told = ''

  /** What is kept is waiting for its heir. */
  async function find() {
    const files = (await ofDeadTabs(ports)).filter(({ kept }) => !kept)
    if (files.length === 0) return []
    const isKnown = await knownIn(ports)
    return files.filter(file => !isKnown(file))
  }

  async function measure(): Promise<void> {
    const paths = (await find()).map(({ path }) => path)
    const telling = paths.join('\n')
    if (telling === told) return
    told = telling
    emit({ type: 'files-left-behind', paths })
  }

  return {
    // A notice that cannot be read is no reason to fail anything.
    measure: () => measure().catch(() => undefined),
    async forget() {
      const gone = (await ofDeadTabs(ports)).filter(({ kept }) => !kept)
      await ports.waiting.settle(gone.map(({ id }) => id))
      await measure()
    },
  }
}
