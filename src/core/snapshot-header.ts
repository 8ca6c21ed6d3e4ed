import { checksum } from './checksum.ts'

/** What a snapshot consists of. Parts are written under ids of their own before a header names them. */
export interface SnapshotHeader {
  readonly format: string
  readonly parts: readonly PartEntry[]
}

export interface PartEntry {
  readonly name: string
  readonly version: number
  /** Never given twice. */
  readonly id: string
  /** How many, and their checksum. */
  readonly bytes: number
  readonly checksum: number
}

/** A header as it is stored. */
export interface SealedHeader {
  readonly json: string
  readonly checksum: number
}

export function sealHeader({ format, parts }: SnapshotHeader): SealedHeader {
  const json = JSON.stringify({ format, parts })
  return { json, checksum: checksumOf(json) }
}

/** `undefined` when it is none, or is damaged. */
export function openHeader(stored: unknown): SnapshotHeader | undefined {
  if (!isSealed(stored) || checksumOf(stored.json) !== stored.checksum) return undefined
  return JSON.parse(stored.json) as SnapshotHeader
}

export function entryOf(name: string, version: number, id: string, bytes: Uint8Array): PartEntry {
  return { name, version, id, bytes: bytes.length, checksum: checksum(bytes) }
}

/** @throws Error when these are not the bytes that were saved. */
export function expectIntact(entry: PartEntry, bytes: Uint8Array | undefined): Uint8Array<ArrayBuffer> {
  if (bytes?.length !== entry.bytes || checksum(bytes) !== entry.checksum) {
    throw new Error(`expected ${entry.bytes} bytes of “${entry.name}” as they were saved, got others or none`)
  }
  return bytes as Uint8Array<ArrayBuffer>
}

function isSealed(stored: unknown): stored is SealedHeader {
  return (
    typeof stored === 'object' &&
    stored !== null &&
    'json' in stored &&
    'checksum' in stored &&
    typeof stored.json === 'string'
  )
}

function checksumOf(json: string): number {
  return checksum(Uint8Array.from(json, letter => letter.charCodeAt(0) & 255))
}
