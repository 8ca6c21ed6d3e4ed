import type { PassageAddress, PassageText } from '../core/document.ts'
import type { Library } from '../core/ports/library.ts'

/** Reads passages, and keeps those used last, so that the next key stroke need not read them again. */
export interface PassageCache {
  /** In the order asked for; `undefined` for what is not there. */
  read(addresses: readonly PassageAddress[]): Promise<(PassageText | undefined)[]>
  forget(): void
}

/** Passages; about 4 MB of text. */
const CAPACITY = 2000

export function createPassageCache(library: Library, capacity = CAPACITY): PassageCache {
  /** Least recently used first. */
  const kept = new Map<string, PassageText>()

  function keep(name: string, passage: PassageText): void {
    kept.delete(name)
    kept.set(name, passage)
    for (const oldest of kept.keys()) {
      if (kept.size <= capacity) return
      kept.delete(oldest)
    }
  }

  return {
    async read(addresses) {
      const missing = addresses.filter(address => !kept.has(nameOf(address)))
      const found = missing.length === 0 ? [] : await library.passages(missing)
      const read = new Map(missing.map((address, i) => [nameOf(address), found[i]]))
      const answer = addresses.map(address => kept.get(nameOf(address)) ?? read.get(nameOf(address)))
      for (const [i, passage] of answer.entries()) {
        const address = addresses[i]
        if (passage !== undefined && address !== undefined) keep(nameOf(address), passage)
      }
      return answer
    },
    forget: () => kept.clear(),
  }
}

function nameOf({ id, passage }: PassageAddress): string {
  return `${id} ${passage}`
}
