import type { StoredDocument } from '../document.ts'
import type { Interaction } from '../interaction.ts'
import type { ByteSink } from '../ports/files.ts'
import type { Cipher, Cryptography, Sha256 } from '../ports/platform.ts'
import { type ByteWriter, createChunks } from './chunks.ts'
import { packDocument } from './document-section.ts'
import { BEFORE_CHECK, encodeHeader, ROUNDS } from './file-header.ts'
import { CHECK_NONCE, sealFrames } from './frames.ts'
import { type FiledHead, packHead } from './head-section.ts'
import { SECTION_TYPES } from './library-records.ts'
import { OPENINGS_AT_ONCE, packOpenings } from './openings-section.ts'
import { createSectionWriter } from './sections.ts'
import {
  type FiledSettings,
  type LibraryFileCounts,
  type LibraryFileInfo,
  packJson,
} from './small-sections.ts'

/** Writes the parts of a file one by one; nothing is kept. */
export interface LibraryFileWriter {
  document(stored: StoredDocument): Promise<void>
  head(head: FiledHead): Promise<void>
  openings(entries: readonly Interaction[]): Promise<void>
  settings(settings: FiledSettings): Promise<void>
  /** Ends the file, and tells what is in it; the sink is the caller's to close. */
  end(): Promise<LibraryFileCounts>
}

export interface WriterParts {
  readonly sink: ByteSink
  readonly createSha256: () => Sha256
  readonly cryptography: Cryptography
}

/** Bytes given to the sink at a time: each write of a file on disk is a message to another process. */
const WRITE = 1024 * 1024

/**
 * Begins a library file; docs/formats/library-file.md says how it looks.
 * @param passphrase Locks the file; not empty.
 * @throws PassphraseUnsupported, and what the sink throws.
 */
export async function writeLibraryFile(
  info: LibraryFileInfo,
  passphrase: string | undefined,
  { sink, createSha256, cryptography }: WriterParts,
): Promise<LibraryFileWriter> {
  const out = createChunks(WRITE, chunk => sink.write(chunk))
  const { header, body } = await begin(out, passphrase, createSha256, cryptography)
  const section = createSectionWriter(body, header, createSha256)
  const counts = { documents: 0, passages: 0, heads: 0, openings: 0 }
  await section({ type: SECTION_TYPES.info, payload: packJson(info) })

  return {
    async document(stored) {
      await section({ type: SECTION_TYPES.document, payload: packDocument(stored) })
      counts.documents++
      counts.passages += stored.document.passageCount
    },
    async head(head) {
      await section({ type: SECTION_TYPES.head, payload: packHead(head) })
      counts.heads++
    },
    async openings(entries) {
      for (let start = 0; start < entries.length; start += OPENINGS_AT_ONCE) {
        const some = entries.slice(start, start + OPENINGS_AT_ONCE)
        await section({ type: SECTION_TYPES.openings, payload: packOpenings(some) })
        counts.openings += some.length
      }
    },
    settings: settings => section({ type: SECTION_TYPES.settings, payload: packJson(settings) }),
    async end() {
      await section({ type: SECTION_TYPES.counts, payload: packJson(counts) })
      await body.end()
      return counts
    },
  }
}

async function begin(
  out: ByteWriter,
  passphrase: string | undefined,
  createSha256: () => Sha256,
  cryptography: Cryptography,
): Promise<{ readonly header: Uint8Array; readonly body: ByteWriter }> {
  if (passphrase === undefined) {
    const header = encodeHeader(undefined, createSha256)
    await out.write(header)
    return { header, body: out }
  }
  const salt = cryptography.randomBytes(16)
  const cipher = await cryptography.cipherOf(normalPassphrase(passphrase), salt, ROUNDS)
  const header = await lockedHeader(cipher, salt, createSha256)
  await out.write(header)
  return { header, body: sealFrames(out, cipher, header) }
}

async function lockedHeader(
  cipher: Cipher,
  salt: Uint8Array,
  createSha256: () => Sha256,
): Promise<Uint8Array> {
  const unchecked = encodeHeader({ rounds: ROUNDS, salt, check: new Uint8Array(16) }, createSha256)
  const check = await cipher.seal(CHECK_NONCE, new Uint8Array(0), unchecked.subarray(0, BEFORE_CHECK))
  return encodeHeader({ rounds: ROUNDS, salt, check }, createSha256)
}

/** The same letters typed on another machine may come as other code points. */
export function normalPassphrase(passphrase: string): string {
  return passphrase.normalize('NFC')
}
