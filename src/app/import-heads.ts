import { sameNumbers } from '../core/vector.ts'
import type { FiledHead } from '../core/library-file/head-section.ts'
import type { HeadStore } from '../core/ports.ts'

export interface HeadImport {
  /** Keeps a head unless it is there already; resolves with whether it was kept. */
  take(head: FiledHead): Promise<boolean>
  /** After the last one: puts in use what is to be in use. */
  end(): Promise<void>
}

/** What was in use before stays in use; where nothing was learned before, the choice of the file is taken over. */
export function createHeadImport(heads: HeadStore): HeadImport {
  const inUse = new Map<string, { readonly learned: boolean; number: number }>()

  return {
    async take({ inUse: chosen, ...head }) {
      const versions = await heads.versions(head.tower)
      const choice = inUse.get(head.tower) ?? {
        learned: versions.length > 0,
        number: await heads.inUse(head.tower),
      }
      inUse.set(head.tower, choice)
      const isThere = versions.some(
        version => version.learnedAt === head.learnedAt && sameNumbers(version.correction, head.correction),
      )
      if (isThere) return false
      const { number } = await heads.keep(head)
      if (chosen && !choice.learned) choice.number = number
      // Keeping a head puts it in use, and the file may break off here.
      await heads.use(head.tower, choice.number)
      return true
    },
    async end() {
      for (const [tower, { number }] of inUse) await heads.use(tower, number)
    },
  }
}
