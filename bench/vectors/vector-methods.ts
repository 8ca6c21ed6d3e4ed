/** The ways to search vectors that are compared, by the names under which `vector-page.ts` knows them. */
export interface VectorMethodName {
  readonly name: string
  readonly title: string
  /** Whether it is installed under `bench/peers`. */
  readonly isPeer: boolean
  /** More vectors than this are not tried, and why. */
  readonly most?: readonly [count: number, reason: string]
}

export const VECTOR_METHODS: readonly VectorMethodName[] = [
  { name: 'plain', title: 'plain JavaScript', isPeer: false },
  { name: 'planned', title: 'Belfry', isPeer: false },
  { name: 'scan', title: 'Belfry, scan', isPeer: false },
  { name: 'graph', title: 'Belfry, graph', isPeer: false },
  { name: 'hnswlib', title: 'hnswlib-wasm 0.8.2', isPeer: false },
  {
    name: 'pglite',
    title: 'PGlite 0.5.16 + pgvector',
    isPeer: true,
    most: [100_000, 'its database is held in memory, and a graph of more takes hours'],
  },
  {
    name: 'mememo',
    title: 'MeMemo 0.1.0',
    isPeer: true,
    most: [100_000, 'a number takes eight bytes and a link a hundred, more than a page may have'],
  },
  {
    name: 'edgevec',
    title: 'EdgeVec 0.9.0',
    isPeer: true,
    most: [100_000, 'it takes no more in one batch, and hours to build'],
  },
  {
    name: 'voy',
    title: 'voy 0.6.3',
    isPeer: true,
    most: [100_000, 'its vectors pass through text, and a string holds no more'],
  },
]
