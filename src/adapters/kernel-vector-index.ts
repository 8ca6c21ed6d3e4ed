/**
 * Vectors in WebAssembly memory, searched with SIMD kernels in one way: a `scan` looks at all of them and is exact, one
 * by `signs` reads an eighth and misses some, and a `graph` follows links, adds slowly, and finds nearly all. The work of
 * a call is done before it returns. The page searches through `planned-vector-index.ts`, which chooses.
 */
import type { VectorIndex } from '../core/ports/vector-index.ts'
import { walkBreadth } from '../core/search-plan.ts'
import { expectQuery, expectRows } from '../core/vector.ts'
import { createKernelTable, type KernelTableOptions } from './kernel-table.ts'
import { scanSigns, scanTable, scoreKeys, tableQuery, walkTable } from './kernel-table-search.ts'

export interface KernelVectorIndexOptions extends Omit<KernelTableOptions, 'hasGraph' | 'hasSigns'> {
  readonly mode: 'scan' | 'signs' | 'graph'
}

export function createKernelVectorIndex({ mode, ...options }: KernelVectorIndexOptions): VectorIndex {
  const { dimension } = options
  const table = createKernelTable({ ...options, hasGraph: mode === 'graph', hasSigns: mode === 'signs' })

  return {
    /** @throws Error also when there is no memory; nothing is added then. */
    async add(keys, vectors) {
      expectRows(keys, vectors, dimension)
      table.put(keys, vectors)
      linkAll()
    },

    async remove(keys) {
      table.remove(keys)
      linkAll()
    },

    async search(query, limit, filter) {
      expectQuery(query, dimension)
      const asked = tableQuery(table, query, limit, filter)
      if (mode === 'scan') return scanTable(table, asked)
      if (mode === 'signs') return scanSigns(table, asked)
      return walkTable(table, asked, walkBreadth(asked.wanted, 1))
    },

    async score(query, keys) {
      expectQuery(query, dimension)
      return scoreKeys(table, query, keys)
    },

    keys: async () => table.slots.keys(),
    clear: async () => table.clear(),
  }

  function linkAll(): void {
    if (mode === 'graph') while (table.linkNext());
  }
}
