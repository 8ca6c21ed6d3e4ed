import type { HeadStore, HeadVersion } from '../core/ports/learning.ts'

/** Learned heads in memory: for tests, and for a browser that refuses IndexedDB. */
export function createMemoryHeadStore(): HeadStore {
  const kept: HeadVersion[] = []
  const inUse = new Map<string, number>()
  const versions = (tower: string) => kept.filter(version => version.tower === tower)

  return {
    towers: async () => [...new Set(kept.map(({ tower }) => tower))],
    versions: async tower => structuredClone(versions(tower)),
    keep: async (version, use = true) => {
      const number = versions(version.tower).length + 1
      const numbered = structuredClone({ ...version, number })
      kept.push(numbered)
      if (use) inUse.set(version.tower, number)
      return structuredClone(numbered)
    },
    inUse: async tower => inUse.get(tower) ?? 0,
    use: async (tower, number) => {
      inUse.set(tower, number)
    },
  }
}
