import type { LibraryDocument } from '../core/document.ts'
import type { Emit } from '../core/events.ts'
import type { Library, WaitingFile } from '../core/ports.ts'
import type { WaitingPorts } from './waiting-notes.ts'

/** The files that tabs had still to take in when they ended: nobody can read them any more. */
export interface LeftBehind {
  /** Tells of them with `files-left-behind` when they are others than those told of last. Never rejects. */
  measure(): Promise<void>
  /** They were seen. */
  forget(): Promise<void>
}

export function createLeftBehind(
  { tabs, waiting, library }: WaitingPorts & { readonly library: Library },
  emit: Emit,
): LeftBehind {
  let told = ''

  async function ofDeadTabs() {
    // In this order: a tab that has noted something lived before it did.
    const files = await waiting.all()
    const living = await tabs.living()
    return living === undefined ? [] : files.filter(({ tab }) => !living.has(tab))
  }

  async function find(): Promise<WaitingFile[]> {
    const files = await ofDeadTabs()
    if (files.length === 0) return []
    // A tab may have ended between storing a document and saying so, and somebody may have added its files again.
    const stored = new Set((await library.documents()).map(signatureOf))
    return files.filter(file => !stored.has(signatureOf(file)))
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
      const dead = new Set((await ofDeadTabs()).map(({ tab }) => tab))
      await waiting.forget([...dead])
      await measure()
    },
  }
}

/** Tells files apart as well as can be done without reading them. */
function signatureOf({ path, bytes, modifiedAt }: WaitingFile | LibraryDocument): string {
  return `${bytes} ${modifiedAt} ${path}`
}
