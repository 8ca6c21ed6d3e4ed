import { sameNumbers } from '../core/vector.ts'
import type { FiledHead } from '../core/library-file/head-section.ts'
import type { HeadStore } from '../core/ports/learning.ts'

export interface HeadImport {
  /** Keeps a head unless it is there already; resolves with whether it was kept. */
  take(head: FiledHead): Promise<boolean>
}

/** What is in use stays in use; where nothing was learned before, the choice of the file is taken over. */
export function createHeadImport(heads: HeadStore): HeadImport {
  /** Towers for which nothing was learned here before. */
  const fresh = new Set<string>()

  return {
    async take({ inUse, ...head }) {
      const versions = await heads.versions(head.tower)
      if (versions.length === 0) fresh.add(head.tower)
      const isThere = versions.some(
        version => version.learnedAt === head.learnedAt && sameNumbers(version.correction, head.correction),
      )
      if (isThere) return false
      await heads.keep(head, inUse && fresh.has(head.tower))
      return true
    },
  }
}
