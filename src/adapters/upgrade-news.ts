import type { Emit } from '../core/events.ts'
import { NEWER_BELFRY, type UpgradeNews } from './idb-connection.ts'

/** Tells the page what other versions in other tabs do to the library. */
export function createUpgradeNews(emit: Emit): UpgradeNews {
  return {
    superseded: () => emit({ type: 'library-failed', code: 'NewerBelfry', message: NEWER_BELFRY }),
    blocked: () =>
      emit({
        type: 'library-failed',
        code: 'StorageUnavailable',
        message:
          'An older Belfry is open in another tab and keeps it. Close that tab; this one goes on by itself then.',
      }),
  }
}
