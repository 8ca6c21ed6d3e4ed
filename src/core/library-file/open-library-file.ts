import { failure } from '../errors.ts'
import type { LibraryBlob } from '../ports/files.ts'
import type { Cryptography, Sha256 } from '../ports/platform.ts'
import { type ByteSource, sourceOfBlob } from './byte-source.ts'
import { BEFORE_CHECK, decodeHeader, type FileLock, HEADER } from './file-header.ts'
import { CHECK_NONCE, openFrames } from './frames.ts'
import { type LibraryRecord, readRecords } from './library-records.ts'
import { readSections } from './sections.ts'
import type { LibraryFileInfo } from './small-sections.ts'
import { normalPassphrase } from './write-library-file.ts'

export interface ReaderParts {
  readonly createSha256: () => Sha256
  readonly cryptography: Cryptography
}

/** A library file that is open; it can be read as often as one likes, from the beginning each time. */
export interface LibraryFile {
  read(): LibraryFileReading
}

export interface LibraryFileReading {
  /** Throws BadLibraryFile where the file is damaged. */
  readonly records: AsyncIterable<LibraryRecord>
  /** Bytes of the file that have not been read. */
  left(): number
}

/** What can be known of a file without its passphrase. */
export interface LibraryFileGlance {
  readonly locked: boolean
  /** `undefined` for a locked file. Not yet checked against the rest of it. */
  readonly info: LibraryFileInfo | undefined
}

/** @throws BadLibraryFile with a sentence. */
export async function glanceAtLibraryFile(blob: LibraryBlob, parts: ReaderParts): Promise<LibraryFileGlance> {
  const { header, lock } = await readHeader(blob, parts)
  if (lock !== undefined) return { locked: true, info: undefined }
  for await (const record of recordsOf(sourceOfBlob(blob, HEADER), header, parts)) {
    if (record.kind === 'info') return { locked: false, info: record.info }
  }
  return { locked: false, info: undefined }
}

/** @throws BadLibraryFile, WrongPassphrase or PassphraseUnsupported with a sentence. */
export async function openLibraryFile(
  blob: LibraryBlob,
  passphrase: string | undefined,
  parts: ReaderParts,
): Promise<LibraryFile> {
  const { header, lock } = await readHeader(blob, parts)
  const open =
    lock === undefined ? (source: ByteSource) => source : await unlock(lock, header, passphrase, parts)
  return {
    read() {
      const source = sourceOfBlob(blob, HEADER)
      return { records: recordsOf(open(source), header, parts), left: () => source.left }
    },
  }
}

function recordsOf(source: ByteSource, header: Uint8Array, { createSha256 }: ReaderParts) {
  return readRecords(readSections(source, header, createSha256))
}

async function readHeader(
  blob: LibraryBlob,
  { createSha256 }: ReaderParts,
): Promise<{ readonly header: Uint8Array; readonly lock: FileLock | undefined }> {
  const header = await sourceOfBlob(blob, 0).read(Math.min(HEADER, blob.size))
  return { header, lock: decodeHeader(header, createSha256) }
}

async function unlock(
  { rounds, salt, check }: FileLock,
  header: Uint8Array,
  passphrase: string | undefined,
  { cryptography }: ReaderParts,
): Promise<(source: ByteSource) => ByteSource> {
  if (passphrase === undefined || passphrase === '') {
    throw failure(
      'WrongPassphrase',
      'This file is locked: it opens with the passphrase that it was exported with.',
    )
  }
  const cipher = await cryptography.cipherOf(normalPassphrase(passphrase), salt, rounds)
  if ((await cipher.open(CHECK_NONCE, check, header.subarray(0, BEFORE_CHECK))) === undefined) {
    throw failure(
      'WrongPassphrase',
      'This is not the passphrase that the file was locked with. Nothing was changed.',
    )
  }
  return source => openFrames(source, cipher, header)
}
