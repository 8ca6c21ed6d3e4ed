/** The parts of the peers that the benchmarks call, so that types can be checked where they are not installed. */

declare module 'edgevec' {
  export default function init(): Promise<unknown>
  export class EdgeVecConfig {
    constructor(dimensions: number)
    set metric(value: string)
    set m(value: number)
    set ef_search(value: number)
    set ef_construction(value: number)
  }
  export interface JsMetadataValue {
    asInteger(): number | undefined
  }
  export const JsMetadataValue: { fromInteger(value: number): JsMetadataValue }
  export class EdgeVec {
    constructor(config: EdgeVecConfig)
    static load(name: string): Promise<EdgeVec>
    save(name: string): Promise<void>
    insertBatchFlat(vectors: Float32Array, count: number): Uint32Array
    setMetadata(id: number, key: string, value: JsMetadataValue): void
    search(query: Float32Array, count: number): { readonly id: number }[]
    /** Options and answer are JSON. */
    searchFiltered(query: Float32Array, count: number, options: string): string
    softDelete(id: number): boolean
    serializedSize(): number
    memoryUsage(): number
    free(): void
  }
}

declare module 'mememo' {
  export class HNSW {
    constructor(config: {
      distanceFunction: 'cosine-normalized'
      m: number
      efConstruction: number
      seed: number
      useIndexedDB: boolean
    })
    readonly nodes: { readonly nodesMap: ReadonlyMap<string, { readonly value: number[] }> }
    bulkInsert(keys: string[], values: number[][]): Promise<void>
    bulkInsertSkipIndex(keys: string[], values: number[][]): Promise<void>
    insert(key: string, value: number[]): Promise<void>
    markDeleted(key: string): Promise<void>
    query(value: number[], count: number, breadth: number): Promise<{ readonly keys: string[] }>
    exportIndex(): unknown
    loadIndex(index: unknown): void
  }
}

declare module 'voy-search/voy_search_bg.js' {
  interface Resource {
    embeddings: { id: string; title: string; url: string; embeddings: number[] }[]
  }
  export function __wbg_set_wasm(exports: WebAssembly.Exports): void
  export class Voy {
    constructor(resource?: Resource)
    add(resource: Resource): void
    remove(resource: Resource): void
    search(query: Float32Array, count: number): { readonly neighbors: { readonly id: string }[] }
    serialize(): string
    static deserialize(text: string): Voy
    free(): void
  }
}

declare module '@electric-sql/pglite' {
  export class PGlite {
    static create(options: { extensions: Record<string, unknown>; loadDataDir?: Blob }): Promise<PGlite>
    exec(sql: string): Promise<unknown>
    query<T>(sql: string, values?: unknown[], options?: { blob?: Blob }): Promise<{ readonly rows: T[] }>
    dumpDataDir(compression: 'none'): Promise<Blob>
    close(): Promise<void>
  }
}

declare module '@electric-sql/pglite-pgvector' {
  export const vector: unknown
}

declare module 'minisearch' {
  interface Options {
    fields: string[]
  }
  interface SearchOptions {
    prefix?: (term: string, index: number, terms: string[]) => boolean
    fuzzy?: number
  }
  export default class MiniSearch {
    constructor(options: Options)
    addAll(documents: readonly object[]): void
    search(text: string, options?: SearchOptions): { readonly id: number }[]
    static loadJSON(text: string, options: Options): MiniSearch
  }
}

declare module '@orama/orama' {
  interface Database {
    readonly id: string
  }
  export function create(options: { schema: Record<string, string> }): Database
  export function insertMultiple(database: Database, documents: readonly object[], batch: number): unknown
  export function search(
    database: Database,
    options: { term: string; limit: number; tolerance?: number },
  ): Promise<Found> | Found
  export function save(database: Database): unknown
  export function load(database: Database, saved: unknown): void
  interface Found {
    readonly hits: { readonly id: string }[]
  }
}
