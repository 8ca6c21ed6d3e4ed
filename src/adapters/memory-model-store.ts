import type { ModelStore } from '../core/ports/model-files.ts'

/** Model files in memory: for tests, and for a browser that refuses IndexedDB. */
export function createMemoryModelStore(): ModelStore {
  const files = new Map<string, Uint8Array>()
  let kept: unknown

  return {
    get: async sha256 => files.get(sha256)?.slice(),
    put: async (sha256, bytes) => {
      files.set(sha256, bytes.slice())
    },
    delete: async sha256 => {
      files.delete(sha256)
    },
    keepOnly: async wanted => {
      for (const sha256 of files.keys()) if (!wanted.includes(sha256)) files.delete(sha256)
    },
    manifest: async () => kept,
    keepManifest: async manifest => {
      kept = structuredClone(manifest)
    },
    size: async () => [...files.values()].reduce((sum, bytes) => sum + bytes.length, 0),
  }
}
