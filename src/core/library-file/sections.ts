/**
 * A chain of sections: four letters, the payload's length, the payload, and a SHA-256 of all that and of the digest
 * before. The first digest is that of the file's header, so the last one stands for the whole file.
 */
import type { Sha256 } from '../ports/platform.ts'
import { badFile } from './bad-file.ts'
import { joinBytes } from './byte-cursor.ts'
import type { ByteSource } from './byte-source.ts'
import type { ByteWriter } from './chunks.ts'
import { DIGEST, digestOf, sameBytes } from './digest.ts'

export interface Section {
  /** Four letters. A reader may pass over a type that it does not know when it begins with a small letter. */
  readonly type: string
  readonly payload: Uint8Array
}

/** The type of the section that ends the file. */
export const LAST_SECTION = 'DONE'
/** Bytes of a payload, at most. */
export const LONGEST_SECTION = 2 ** 29

export type SectionWriter = (section: Section) => Promise<void>

/** @param header Of the file. The writer's end is the caller's to call. */
export function createSectionWriter(
  to: ByteWriter,
  header: Uint8Array,
  createSha256: () => Sha256,
): SectionWriter {
  let digest = digestOf(createSha256, header)
  return async ({ type, payload }) => {
    if (payload.length > LONGEST_SECTION) {
      throw new Error(`expected at most ${LONGEST_SECTION} bytes in a section, got ${payload.length}`)
    }
    const start = joinBytes(
      Uint8Array.from(type, letter => letter.charCodeAt(0)),
      payload.length,
    )
    digest = digestOf(createSha256, digest, start, payload)
    await to.write(start)
    await to.write(payload)
    await to.write(digest)
  }
}

/** Every section, each checked before it is given, the last one included. @throws BadLibraryFile. */
export async function* readSections(
  from: ByteSource,
  header: Uint8Array,
  createSha256: () => Sha256,
): AsyncGenerator<Section> {
  let digest = digestOf(createSha256, header)
  for (let type = ''; type !== LAST_SECTION; ) {
    const start = await from.read(8)
    const length = new DataView(start.buffer, start.byteOffset).getUint32(4, true)
    if (length > Math.min(LONGEST_SECTION, from.left - DIGEST)) {
      throw badFile(`a part of it claims to be ${length} bytes long, and only ${from.left} are left`)
    }
    const payload = await from.read(length)
    digest = digestOf(createSha256, digest, start, payload)
    if (!sameBytes(digest, await from.read(DIGEST))) throw badFile('a part of it is damaged')
    type = String.fromCharCode(...start.subarray(0, 4))
    yield { type, payload }
  }
  if (from.left > 0) throw badFile(`${from.left} bytes stand behind its end`)
}
