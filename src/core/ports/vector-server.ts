/** Of a list, all values are of one type. */
export type MetadataValue =
  | string
  | number
  | boolean
  | readonly string[]
  | readonly number[]
  | readonly boolean[]

export type Metadata = Readonly<Record<string, MetadataValue>>

/** How distances are counted: 1 − cosine, squared Euclidean, 1 − inner product. */
export type DistanceSpace = 'cosine' | 'l2' | 'ip'

/** A record that is written whole. In a space of cosines its vector comes back to within a rounding. */
export interface NewRecord {
  readonly id: string
  readonly vector: Float32Array
  readonly document: string
  /** What a record of this id has beside these stays, and an empty list is nothing. */
  readonly metadata: Metadata
}

export type RecordPart = 'vector' | 'document' | 'metadata'

/** The parts that were asked for, as far as the record has them. */
export interface FoundRecord {
  readonly id: string
  readonly vector?: Float32Array
  readonly document?: string
  readonly metadata?: Metadata
}

export interface NearRecord extends FoundRecord {
  /** In the collection's space, least first. */
  readonly distance: number
}

/**
 * What a record's metadata must be. A record without the key fulfils `not` alone. Numbers that are compared must be whole
 * and below 2³¹: some servers keep no more of them.
 */
export type RecordFilter =
  | { readonly key: string; readonly is: string | number | boolean }
  | { readonly key: string; readonly not: string | number | boolean }
  | { readonly key: string; readonly above: number }
  | { readonly key: string; readonly atMost: number }
  | { readonly key: string; readonly oneOf: readonly (string | number)[] }
  /** The list at the key has it. */
  | { readonly key: string; readonly has: string | number | boolean }
  | { readonly all: readonly RecordFilter[] }
  | { readonly any: readonly RecordFilter[] }

/** What a call looks at while it waits; an `AbortSignal` fits. */
export interface AbortNotice {
  readonly aborted: boolean
  addEventListener(type: 'abort', heard: () => void): void
  removeEventListener(type: 'abort', heard: () => void): void
}

export interface NewCollection {
  readonly name: string
  readonly space: DistanceSpace
  readonly metadata: Metadata
}

/**
 * One collection of records. What was acknowledged is kept. Every method may be repeated after a failure, and rejects with
 * a `VectorServerError`, or with `Cancelled` when the signal says so.
 */
export interface RemoteCollection {
  /** No other collection has it, not even a later one of the same name. */
  readonly id: string
  readonly name: string
  readonly space: DistanceSpace | undefined
  /** Numbers of a vector; missing until the first record is written. */
  readonly dimension: number | undefined
  readonly metadata: Metadata
  /** In batches, in order; when it fails, those before are written. The last of one id wins. */
  upsert(records: readonly NewRecord[], signal?: AbortNotice): Promise<void>
  /** Those that exist, in the order asked for. */
  get(ids: readonly string[], parts: readonly RecordPart[], signal?: AbortNotice): Promise<FoundRecord[]>
  /** At most `limit`, which is at most `pageSize`, in no order. */
  find(
    filter: RecordFilter | undefined,
    limit: number,
    parts: readonly RecordPart[],
    signal?: AbortNotice,
  ): Promise<FoundRecord[]>
  /** Unknown ids are ignored. */
  remove(ids: readonly string[], signal?: AbortNotice): Promise<void>
  /** At most `limit`, nearest first. */
  nearest(
    vector: Float32Array,
    limit: number,
    parts: readonly RecordPart[],
    filter?: RecordFilter,
    signal?: AbortNotice,
  ): Promise<NearRecord[]>
  count(signal?: AbortNotice): Promise<number>
}

export type ServerPlace = 'found' | 'no-tenant' | 'no-database'

/** What can be found out about a server that cannot be spoken with. */
export interface ServerProbe {
  /** Whether anything answers, be it something that this page may not read; `undefined` where that cannot be seen. */
  answers(): Promise<boolean | undefined>
  /** Whether the browser lets this page reach the local network; `undefined` where it does not ask. */
  localNetwork(): Promise<'granted' | 'prompt' | 'denied' | undefined>
}

/** A server that keeps vectors, such as Chroma. */
export interface VectorServer {
  /** Most records that one `find` gives. */
  readonly pageSize: number
  /** Whether the tenant and the database are there. A server may tell of no collections where they are not. */
  place(signal?: AbortNotice): Promise<ServerPlace>
  /** By its own clock; milliseconds since the epoch. */
  now(signal?: AbortNotice): Promise<number>
  collections(signal?: AbortNotice): Promise<RemoteCollection[]>
  /** `undefined` when there is none of this name. */
  collection(name: string, signal?: AbortNotice): Promise<RemoteCollection | undefined>
  /** The one that is there, as it is, or a new one. */
  openCollection(wanted: NewCollection, signal?: AbortNotice): Promise<RemoteCollection>
  /** With all that is in it; nothing when there is none. */
  dropCollection(name: string, signal?: AbortNotice): Promise<void>
}
