/** The record by which the server knows a document: its revision, when it was pushed, and where the rest of it is. */
import { type DocumentId, parseDocumentId } from '../document.ts'
import { countOf, sha256Of, textOf } from '../fields.ts'
import type { FoundRecord, NewRecord } from '../ports/vector-server.ts'
import { BUCKET, bucketOf, PUSHED_AT } from './change-window.ts'
import { type Followed, parseRevision, type Revision } from './revision.ts'

export interface DocumentManifest {
  readonly id: DocumentId
  readonly revision: Revision
  /** What its device knew of. */
  readonly follows: Followed
  /** Records of its passages, and those that its description is continued in. */
  readonly passages: number
  readonly parts: number
  /** Of what it says. */
  readonly hash: string
  readonly removed: boolean
}

/** Form of the records. */
export const VERSION = 1
export const MOST_PASSAGES = 200_000
/** Characters. */
const MOST_FOLLOWS = 2000
const MOST_PARTS = 100_000
/** What stands for the hash where there is nothing. */
const NO_HASH = '0'.repeat(64)
/** Every record has a vector. */
const NO_VECTOR = Float32Array.of(1)

/** Id of a passage's record: another revision has others, and overwrites nothing. At most 128 bytes. */
export function passageId(id: DocumentId, revision: Revision, passage: number): string {
  return `${id}/${revision}/${passage}`
}

/** Id of a record that a description is continued in, beside the manifests. */
export function partId(id: DocumentId, revision: Revision, part: number): string {
  return `${id}/${revision}/p${part}`
}

export function passageIds({
  id,
  revision,
  passages,
}: Pick<DocumentManifest, 'id' | 'revision' | 'passages'>): string[] {
  return Array.from({ length: passages }, (_, i) => passageId(id, revision, i))
}

export function partIds({
  id,
  revision,
  parts,
}: Pick<DocumentManifest, 'id' | 'revision' | 'parts'>): string[] {
  return Array.from({ length: parts }, (_, i) => partId(id, revision, i))
}

export function partRecord(id: DocumentId, revision: Revision, part: number, document: string): NewRecord {
  return { id: partId(id, revision, part), vector: NO_VECTOR, document, metadata: { _v: VERSION } }
}

/** What is left on the server of a document that was removed. */
export function tombstone(id: DocumentId, revision: Revision, follows: Followed): DocumentManifest {
  return { id, revision, follows, passages: 0, parts: 0, hash: NO_HASH, removed: true }
}

/**
 * All keys are always there, since a server keeps those that a later record does not name.
 * @param pushedAt By the server's clock: seconds since 2020.
 */
export function manifestRecord(manifest: DocumentManifest, description: string, pushedAt: number): NewRecord {
  const { id, revision, follows, passages, parts, hash, removed } = manifest
  const metadata = {
    _v: VERSION,
    _rev: revision,
    _f: follows.join(' '),
    [PUSHED_AT]: pushedAt,
    [BUCKET]: bucketOf(id),
    _n: passages,
    _m: parts,
    _h: hash,
    _x: removed,
  }
  return { id, vector: NO_VECTOR, document: description, metadata }
}

/** @throws Error when the record is not one of ours, with what was expected and what came. */
export function parseManifest({ id, metadata = {} }: FoundRecord): DocumentManifest {
  const version = countOf(metadata['_v'], 'the form of a document', 1, 2 ** 31)
  if (version > VERSION)
    throw new Error(`expected a document in form ${VERSION}, got form ${version} of a newer Belfry`)
  return {
    id: parseDocumentId(id),
    revision: parseRevision(metadata['_rev']),
    follows: followedOf(textOf(metadata['_f'], 'what it follows', MOST_FOLLOWS, 0)),
    passages: countOf(metadata['_n'], 'its passages', 0, MOST_PASSAGES),
    parts: countOf(metadata['_m'], 'its parts', 0, MOST_PARTS),
    hash: sha256Of(metadata['_h'], 'its hash'),
    removed: metadata['_x'] === true,
  }
}

/** The time that is filtered by, to split a window where the records are. */
export function pushedAtOf({ metadata = {} }: FoundRecord): number {
  const value = metadata[PUSHED_AT]
  return typeof value === 'number' ? value : 0
}

function followedOf(text: string): Followed {
  return text === '' ? [] : text.split(' ').map(parseRevision)
}
