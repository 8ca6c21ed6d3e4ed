import { codeOf, messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import type { Library } from '../core/ports/library.ts'

/** What the engine tells of the library and of failures. */
export interface Reports {
  /** What to do with an error: say it. */
  failed(type: 'library-failed' | 'model-failed' | 'command-failed'): (error: unknown) => void
  measureUsage(): Promise<void>
  list(): Promise<void>
}

export function createReports(library: Pick<Library, 'usage' | 'documents'>, emit: Emit): Reports {
  return {
    failed: type => error => emit({ type, code: codeOf(error) ?? 'Unknown', message: messageOf(error) }),
    measureUsage: async () => emit({ type: 'usage-measured', usage: await library.usage() }),
    list: async () => emit({ type: 'library-opened', documents: await library.documents() }),
  }
}
