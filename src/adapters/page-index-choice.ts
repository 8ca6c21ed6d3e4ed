/** Which vector index somebody has picked, for the next visit. */
import type { IndexKind } from '../core/index-state.ts'

const NAME = 'belfry-search-engine'

/** Belfry's own where nothing else was picked, or where the browser keeps nothing. */
export function rememberedIndex(): IndexKind {
  try {
    return localStorage.getItem(NAME) === 'hnswlib' ? 'hnswlib' : 'own'
  } catch {
    return 'own'
  }
}

export function rememberIndex(kind: IndexKind): void {
  try {
    if (kind === 'own') localStorage.removeItem(NAME)
    else localStorage.setItem(NAME, kind)
  } catch {
    // It is asked for again at the next visit.
  }
}
