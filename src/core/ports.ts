/**
 * Every door to the outside world. Each method is async and takes cloneable values, so that a comlink proxy, the real
 * thing and a fake are the same type. Each port has one conformance suite, `src/adapters/<port>.suite.ts`.
 */
import type {
  DocumentContents,
  DocumentId,
  Extraction,
  LibraryDocument,
  NewDocument,
  PassageAddress,
  PassageText,
  SpaceId,
  StoredDocument,
} from './document.ts'
import type { FolderAccess, FolderFile, FolderHandle, RememberedFolder } from './folder-state.ts'
import type { Interaction } from './interaction.ts'
import type { KeySet } from './key-set.ts'
import type { LearnedVersion } from './learning-state.ts'
import type { ModelManifest } from './model/manifest.ts'
import type { Saveable, SavedPart } from './snapshot.ts'

/** The part of a `Blob` that we need; a real one fits. */
export interface BlobLike {
  readonly size: number
  readonly type: string
  arrayBuffer(): Promise<ArrayBuffer>
}

/** A file that is too large to be read at once. */
export interface LibraryBlob extends BlobLike {
  /** The bytes from `start` to before `end`. */
  slice(start: number, end: number): BlobLike
}

/** A way to a file that outlives the page, if its user allows; a `FileSystemFileHandle` fits. */
export interface FileHandle {
  getFile(): Promise<LibraryBlob>
}

/** A file that somebody dropped. `path` is below the dropped folder, with `/`. */
export interface SourceFile {
  readonly name: string
  readonly path: string
  readonly modifiedAt: number
  readonly blob: LibraryBlob
  /** Id of the remembered folder that it is in. */
  readonly folder?: string
  /** Documents that an earlier version of this file gave: they are removed when this one has been read. */
  readonly replaces?: readonly DocumentId[]
  /** By which it can be had again after the page has ended. */
  readonly handle?: FileHandle
}

/** A document that was read. */
export interface ExtractedDocument extends Extraction {
  /** SHA-256 of its bytes. */
  readonly id: DocumentId
  readonly mediaType: string
  /** Size of what it was read from. */
  readonly bytes: number
  /** Below the file that it is in, with `/`; missing where the file is the document. */
  readonly path?: string
  readonly modifiedAt?: number
  readonly authors?: readonly string[]
  readonly writtenAt?: number
  /** What of it could not be read, as sentences. */
  readonly missing?: readonly string[]
}

/** A part of a file that holds many documents, and could not be read. */
export interface UnreadablePart {
  readonly path: string
  /** A sentence. */
  readonly reason: string
}

export type Extracted = ExtractedDocument | UnreadablePart

/**
 * Turns untrusted bytes into text and structure. A file holds one document or many; they are asked for one at a time, so
 * that no more of them are in memory than somebody works on.
 */
export interface Extractor {
  /** Resolves with the number of this reading. @throws UnreadableFile when there is nothing to begin with. */
  open(file: SourceFile): Promise<number>
  /**
   * `undefined` at the end of the file, which also closes it.
   * @throws UnreadableFile with a sentence for the user: not text, unknown type, too large, nothing to read. Nothing more
   * comes from the file then.
   */
  next(reading: number): Promise<Extracted | undefined>
  /** Gives up what is left of a file. */
  close(reading: number): Promise<void>
}

/** The two sides of the model: what is typed, and what is searched. */
export type Tower = 'query' | 'document'

export type Backend = 'webgpu' | 'wasm'

export interface EncoderInfo {
  readonly modelName: string
  readonly space: SpaceId
  /** Changes with the query side and with the space: what was learned for one query tower fits no other. */
  readonly queryTower: string
  readonly dimension: number
  readonly backend: Backend
  /** Threads in use on WASM; 1 on WebGPU. */
  readonly threads: number
  /** Tokens of a document's passage that are read, its heading trail included; missing where there is no end. */
  readonly maxTokens?: number
  /** Weight of the dense side in hybrid search, 0 to 1. */
  readonly fusionWeight: number
  /** Least cosine that the model's makers call a strong, and a fair, match. */
  readonly strength: { readonly strong: number; readonly fair: number }
}

/** A model whose files have been checked. */
export interface EncoderModel {
  readonly manifest: ModelManifest
  /** Bytes by the path in the manifest. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

/** Texts in, unit vectors out. Queries are served before documents. */
export interface Encoder {
  info(): Promise<EncoderInfo>
  /** Row-major `texts.length × dimension`, each row of length 1. The caller owns the result. */
  encode(texts: readonly string[], tower: Tower): Promise<Float32Array>
  /** Of how many tokens each text is to the document tower; missing where nothing is cut into tokens. */
  countTokens?(texts: readonly string[]): Promise<Uint32Array>
}

/** Neighbours, best first: `scores[i]` is the cosine of the vector with `keys[i]`. */
export interface Neighbours {
  readonly keys: Uint32Array
  readonly scores: Float32Array
}

/** How the neighbours of a query were found. */
export interface SearchPath {
  /** `scan`: every vector was compared. `signs`: every vector's signs were. `graph`: links were followed. */
  readonly kind: 'scan' | 'signs' | 'graph'
  /** Vectors that the query was compared with; `undefined` where nobody counts. */
  readonly compared: number | undefined
  /** Vectors that could have been found. */
  readonly among: number
  /** Share of the true nearest that is found on this path: 1 where none can be missed, `undefined` while unknown. */
  readonly recall: number | undefined
  /** Past queries on which `recall` was measured; 0 where it needs no measuring. */
  readonly measuredOn: number
}

export interface Nearest extends Neighbours {
  readonly path: SearchPath
}

/** What an index has prepared for later searches. */
export interface Preparation {
  /** Vectors that are part of the graph, and that are to be; 0 of 0 while a scan is fast enough. */
  readonly linked: number
  readonly total: number
  /** Vectors up to which a scan is fast enough on this device. */
  readonly threshold: number
  /** Whether there is nothing left to do. */
  readonly idle: boolean
}

/**
 * Unit vectors by key. What it holds is a cache of the library: it may lag and never lead. An index may keep 16 bits of
 * a value; scores are cosines to within 5e-5.
 */
export interface VectorIndex {
  /**
   * `vectors` is row-major `keys.length × dimension`. A key that is already there gets the new vector.
   * @throws Error when a value is not finite or the length does not fit; nothing is added then.
   */
  add(keys: Uint32Array, vectors: Float32Array): Promise<void>
  /** Unknown keys are ignored. */
  remove(keys: Uint32Array): Promise<void>
  /** At most `limit` neighbours of a unit query, of those in `filter` where there is one; ties go to the smaller key. */
  search(query: Float32Array, limit: number, filter?: KeySet): Promise<Nearest>
  /** Cosines of the query with the vectors of `keys`, in their order; 0 for an unknown key. */
  score(query: Float32Array, keys: Uint32Array): Promise<Float32Array>
  /** Ascending. */
  keys(): Promise<Uint32Array>
  clear(): Promise<void>
  /** Prepares for later searches, for about `milliseconds`; missing where there is nothing to prepare. */
  tend?(milliseconds: number): Promise<Preparation>
  /** Frees what memory alone does not: a worker. Nothing may be asked afterwards. */
  close?(): void
  /** Missing where it is always filled from the library. */
  readonly saveable?: Saveable
}

/** What is looked for by its words. */
export interface WordQuery {
  readonly text: string
  /** How many of the best are wanted. */
  readonly limit: number
  /** Keys whose scores are wanted too, whatever they are. */
  readonly also?: Uint32Array
  /** Nothing else is found; everything is, where it is left out. `also` is not concerned. */
  readonly within?: KeySet | undefined
  /** Somebody is typing: a last word that ends the text may be unfinished. */
  readonly typing?: boolean
  /** A word that no document has, if it is the only one, is taken for the nearest that some have. */
  readonly corrected?: boolean
}

/** The best, best first (ties go to the smaller key), and behind them those of `also` that are not among them. */
export interface WordMatches {
  readonly keys: Uint32Array
  /** BM25 scores; 0 for an unknown key, and above 0 for the best. */
  readonly scores: Float32Array
  /** Share, 0 to 1, of the query's idf that the words of each passage make up. */
  readonly coverage: Float32Array
  /** How many are the best. */
  readonly found: number
  /** What was looked for: the terms of the query's words, and those that they were taken for. */
  readonly terms: readonly string[]
}

/** What a passage must hold, and what it must not. A phrase is one or more words in a row, in any of their forms. */
export interface PhraseConditions {
  readonly phrases: readonly string[]
  readonly without: readonly string[]
}

/** Words by key. */
export interface LexicalIndex {
  /** A key that is already there gets the new text. */
  add(keys: Uint32Array, texts: readonly string[]): Promise<void>
  remove(keys: Uint32Array): Promise<void>
  /** One walk over the postings. */
  match(query: WordQuery): Promise<WordMatches>
  /** The keys of `within` (of all, where it is left out) that fulfil the conditions. */
  select(conditions: PhraseConditions, within?: KeySet): Promise<KeySet>
  keys(): Promise<Uint32Array>
  clear(): Promise<void>
  /** Missing where it is always filled from the library. */
  readonly saveable?: Saveable
}

/** Caches of the library as they were saved last, by name. */
export interface SnapshotStore {
  /** What was written last; `undefined` when there is nothing, or nothing that can be understood. */
  open(name: string): Promise<Snapshot | undefined>
  /**
   * Saves `source` whole: parts that `base` has in the same version are kept, the others are written, and what it has no
   * more is dropped. It shows all at once, at the end; until then, and after a failure, the one before stays.
   * @param base What was opened or saved last by this caller. A snapshot that another has written meanwhile is replaced.
   * @throws StorageFull.
   */
  save(name: string, source: Saveable, base: Snapshot | undefined): Promise<Snapshot>
  drop(name: string): Promise<void>
  /** Bytes of all of them. */
  size(): Promise<number>
}

export interface Snapshot {
  readonly format: string
  readonly parts: readonly SavedPart[]
}

export interface LibraryUsage {
  /** Bytes, as the browser estimates them for this origin. */
  readonly used: number
  readonly quota: number
}

/** The truth. Every method that writes is one transaction: all of it, or nothing. */
export interface Library {
  /** In the order in which they were added. */
  documents(): Promise<LibraryDocument[]>
  has(id: DocumentId): Promise<boolean>
  /**
   * Resolves when the data is stored, with the keys assigned. A document that is already there gets the new contents; it
   * keeps its keys when the number of its passages is the same. Keys are never given to another passage.
   * @throws StorageFull; nothing is stored then.
   */
  put(document: NewDocument, contents: DocumentContents, vectors: Float32Array): Promise<LibraryDocument>
  /** Resolves with what was removed, so that it can be put back; `undefined` when there was nothing. */
  remove(id: DocumentId): Promise<StoredDocument | undefined>
  contents(id: DocumentId): Promise<DocumentContents | undefined>
  /** In the order asked for, without reading the rest of their documents; `undefined` for what is not there. */
  passages(addresses: readonly PassageAddress[]): Promise<(PassageText | undefined)[]>
  /** Those that exist, in the order asked for. */
  load(ids: readonly DocumentId[]): Promise<StoredDocument[]>
  clear(): Promise<void>
  usage(): Promise<LibraryUsage>
}

/** Where model files come from: the page's own origin, or a hub. */
export interface ModelSource {
  /** @throws ModelUnavailable when it cannot be reached. */
  manifest(): Promise<unknown>
  /** The bytes of one file as they arrive. @throws ModelUnavailable. */
  read(path: string): AsyncIterable<Uint8Array>
}

/** Model files by the SHA-256 of their bytes, on this device. */
export interface ModelStore {
  get(sha256: string): Promise<Uint8Array | undefined>
  /** @throws StorageFull; nothing is stored then. */
  put(sha256: string, bytes: Uint8Array): Promise<void>
  delete(sha256: string): Promise<void>
  /** Removes every file that is not named. */
  keepOnly(sha256: readonly string[]): Promise<void>
  /** The manifest kept last, for a start without its source. */
  manifest(): Promise<unknown>
  keepManifest(manifest: unknown): Promise<void>
  /** Bytes of all files together. */
  size(): Promise<number>
}

/** What was opened among what was shown. It never leaves the device but by the hand of its user. */
export interface InteractionLog {
  /** Drops the oldest entries when there are more than the log holds. */
  append(entry: Interaction): Promise<void>
  /** Adds those that are not there yet in one step, in the order of time; the newest stay when there are too many. */
  merge(entries: readonly Interaction[]): Promise<void>
  /** Oldest first. */
  all(): Promise<Interaction[]>
  size(): Promise<number>
  clear(): Promise<void>
  /** Whether openings are to be noted; true until somebody says otherwise. */
  isOn(): Promise<boolean>
  turn(on: boolean): Promise<void>
}

/** A query head that was learned on this device. */
export interface HeadVersion extends LearnedVersion {
  /** The query tower that it corrects. */
  readonly tower: string
  /** [dimension×dimension], applied to the tower's unit vectors. */
  readonly correction: Float32Array
}

/** Every head that was learned, and which of them is in use. Version 0 is the shipped head and is not stored. */
export interface HeadStore {
  /** Those that anything was learned for. */
  towers(): Promise<string[]>
  /** Of this query tower, oldest first. */
  versions(tower: string): Promise<HeadVersion[]>
  /** Gives it the next number of its tower, from 1, and puts it in use unless `use` is false. */
  keep(version: Omit<HeadVersion, 'number'>, use?: boolean): Promise<HeadVersion>
  /** 0 until another is chosen. */
  inUse(tower: string): Promise<number>
  use(tower: string, number: number): Promise<void>
}

/** Tells the other tabs that the library has changed, and hears it from them. */
export interface LibraryChanges {
  announce(): void
  listen(heard: () => void): void
}

/** The tabs of this origin: they share one library, and one of them writes to it at a time. */
export interface Tabs {
  /** Of this tab; no other tab has had it before. */
  readonly id: string
  /** Runs `work` while nobody else writes. A tab that closes or crashes gives its turn up. */
  write<T>(work: () => Promise<T>): Promise<T>
  /** Ids of the tabs that are open, this one included; `undefined` where the browser does not tell. */
  living(): Promise<ReadonlySet<string> | undefined>
  /** Calls `ended` each time that another tab was closed or has crashed. */
  watch(ended: () => void): void
  /** Calls `begin` when this tab is the one that does what only one of them need do; until its end it stays that. May be asked more than once. */
  lead(begin: () => void): void
}

/** A file that was added and not taken in yet. */
export interface WaitingFile {
  /** No other file has had it before, in any tab. */
  readonly id: string
  readonly name: string
  readonly path: string
  readonly bytes: number
  readonly modifiedAt: number
  readonly folder?: string
  readonly replaces?: readonly DocumentId[]
  readonly handle?: FileHandle
}

/** A waiting file as another tab finds it. */
export interface NotedFile extends WaitingFile {
  /** The tab that is to take it in. */
  readonly tab: string
  /** Whether its bytes are kept, or can be asked for again. */
  readonly kept: boolean
  /** How often somebody has begun to read it. */
  readonly tries: number
}

/**
 * What each tab has still to take in, where the others find it: names at once, and the bytes of as many as there is room
 * for. A call for one file does not wait until the bytes of others are written.
 */
export interface WaitingFiles {
  note(tab: string, files: readonly WaitingFile[]): Promise<void>
  /** Keeps the bytes of noted files; one that cannot be read is left out. @throws StorageFull; nothing is kept then. */
  keep(contents: readonly { readonly id: string; readonly blob: LibraryBlob }[]): Promise<void>
  /** Notes that somebody begins to read it. */
  begin(id: string): Promise<void>
  /** Drops them and their bytes. Unknown ones are ignored. */
  settle(ids: readonly string[]): Promise<void>
  /** Of all tabs; those of one tab in the order in which they were noted. */
  all(): Promise<NotedFile[]>
  /** Gives what these tabs have noted and kept to `heir`, which gets all of it or nothing. Each file has one heir. */
  adopt(tabs: readonly string[], heir: string): Promise<NotedFile[]>
  /**
   * `undefined` when they are not kept.
   * @throws what the browser throws when a file may not be read any more.
   */
  contents(id: string): Promise<LibraryBlob | undefined>
  /** Drops all that these tabs have noted. */
  forget(tabs: readonly string[]): Promise<void>
}

/** The folders that are looked at again, and what was read of them. */
export interface FolderStore {
  /** In the order in which they were remembered. */
  folders(): Promise<RememberedFolder[]>
  /** One that is there is replaced, and keeps its place and its files. */
  put(folder: RememberedFolder): Promise<void>
  /** By path. */
  files(folder: string): Promise<FolderFile[]>
  /** Nothing is noted of a folder that is not remembered. */
  note(folder: string, files: readonly FolderFile[]): Promise<void>
  dropFiles(folder: string, paths: readonly string[]): Promise<void>
  /** Drops the folder and what is noted of its files. */
  forget(folder: string): Promise<void>
  clear(): Promise<void>
}

/** Part of what is in a folder. */
export interface FolderSlice {
  readonly files: readonly SourceFile[]
  /** Files, and folders with all below them, that could not be looked at. */
  readonly problems: readonly UnreadablePart[]
}

/** Looks into folders that somebody chose. */
export interface FolderReader {
  access(folder: FolderHandle): Promise<FolderAccess>
  isSame(one: FolderHandle, other: FolderHandle): Promise<boolean>
  /**
   * Every file below, a few at a time; paths begin with the folder's name. Hidden files and folders are left out.
   * @throws UnreadableFile with a sentence when the folder itself is not there, or may not be read.
   */
  read(folder: FolderHandle): AsyncIterable<FolderSlice>
}

/** The documents that come with the page, to try it with, and queries that show them off. */
export interface SampleSource {
  read(): Promise<{ readonly files: readonly SourceFile[]; readonly queries: readonly string[] }>
}

/** SHA-256, fed piece by piece; `digest` is lower-case hex. */
export interface Sha256 {
  update(bytes: Uint8Array): void
  digest(): string
}

/** Where a file is written. What was written can be seen only once `close` has resolved. */
export interface ByteSink {
  /** In order, one at a time. @throws StorageFull. */
  write(bytes: Uint8Array): Promise<void>
  /** Resolves with the file when it has no place of its own. @throws StorageFull. */
  close(): Promise<BlobLike | undefined>
  /** Leaves nothing behind. Never rejects. */
  abort(): Promise<void>
}

/** A place for a file that somebody chose; a `FileSystemFileHandle` fits. */
export interface FilePlace {
  createWritable(): Promise<{
    write(bytes: Uint8Array<ArrayBuffer>): Promise<void>
    close(): Promise<void>
    abort(): Promise<void>
  }>
}

/** AES-256-GCM under one key. A nonce is 12 bytes and serves once. */
export interface Cipher {
  /** The sealed bytes, and a tag of 16 bytes behind them. `label` is bound to them and not part of them. */
  seal(nonce: Uint8Array, bytes: Uint8Array, label: Uint8Array): Promise<Uint8Array>
  /** `undefined` unless `sealed` was made with this key, nonce and label. */
  open(nonce: Uint8Array, sealed: Uint8Array, label: Uint8Array): Promise<Uint8Array | undefined>
}

export interface Cryptography {
  randomBytes(count: number): Uint8Array
  /**
   * The key that PBKDF2-HMAC-SHA-256 (RFC 8018) makes of a passphrase.
   * @throws PassphraseUnsupported where the browser has no cryptography for this page.
   */
  cipherOf(passphrase: string, salt: Uint8Array, rounds: number): Promise<Cipher>
}

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number
  /** Lets waiting messages be handled, so that a query need not wait for a long job. */
  breathe(): Promise<void>
  /** Missing where nobody waits for the time. */
  rest?(milliseconds: number): Promise<void>
}
