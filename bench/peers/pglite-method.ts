/** PGlite with pgvector: a table with a graph, and B-trees for what is filtered by. */
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { store, stored } from '../browser/stored.ts'
import type { VectorMethod, VectorMethodOptions } from '../vectors/vector-method.ts'

interface Row {
  readonly id: number
}

export async function createPgliteMethod({ dimension }: VectorMethodOptions): Promise<VectorMethod> {
  let database = await PGlite.create({ extensions: { vector } })
  let breadth = 0
  await database.exec(`
    CREATE EXTENSION vector;
    CREATE TABLE items (id int PRIMARY KEY, every10 int, every100 int, v vector(${dimension}));`)
  let isIndexed = false

  async function setBreadth(wanted: number): Promise<void> {
    if (breadth === wanted) return
    // Without the second, fewer than ten are found behind a filter.
    await database.exec(`SET hnsw.ef_search = ${wanted}; SET hnsw.iterative_scan = strict_order;`)
    breadth = wanted
  }

  async function search(query: Float32Array, count: number, condition: string): Promise<number[]> {
    const sql = `SELECT id FROM items ${condition} ORDER BY v <#> $1 LIMIT ${count}`
    const { rows } = await database.query<Row>(sql, [`[${query.join(',')}]`])
    return rows.map(({ id }) => id)
  }

  return {
    settings: [40, 100, 200],
    usual: 100,
    async add(keys, rows) {
      const lines = Array.from(keys, (key, i) => {
        const row = rows.subarray(i * dimension, (i + 1) * dimension).join(',')
        return `${key}\t${key % 10}\t${key % 100}\t[${row}]\n`
      })
      await database.query(`COPY items FROM '/dev/blob'`, [], { blob: new Blob(lines) })
    },
    async finish() {
      if (isIndexed) return false
      isIndexed = true
      await database.exec(`
        SET maintenance_work_mem = '512MB';
        CREATE INDEX ON items USING hnsw (v vector_ip_ops) WITH (m = 16, ef_construction = 200);
        CREATE INDEX ON items (every10);
        CREATE INDEX ON items (every100);
        ANALYZE items;`)
      return false
    },
    async search(query, count, setting) {
      await setBreadth(setting)
      return search(query, count, '')
    },
    async select(query, count, { every }) {
      await setBreadth(100)
      return search(query, count, `WHERE every${every} = 0`)
    },
    remove: async keys => void (await database.query('DELETE FROM items WHERE id = ANY($1)', [[...keys]])),
    async save() {
      const dump = await database.dumpDataDir('none')
      await store('pglite', dump)
      return dump.size
    },
    async load() {
      await database.close()
      database = await PGlite.create({ extensions: { vector }, loadDataDir: await stored<Blob>('pglite') })
      breadth = 0
    },
  }
}
