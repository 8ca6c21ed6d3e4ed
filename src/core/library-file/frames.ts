/**
 * A stream under a lock: frames of 65,536 bytes, each sealed by itself, so that nobody needs the whole file at once. The
 * nonce of a frame holds its number and whether it is the last one; so frames that are cut off, swapped, repeated or
 * added are noticed (STREAM: Hoang, Reyhanitabar, Rogaway and Vizár, 2015). The file's header is the label of every frame.
 */
import type { Cipher } from '../ports/platform.ts'
import { badFile } from './bad-file.ts'
import { type ByteSource, createByteSource } from './byte-source.ts'
import { type ByteWriter, createChunks } from './chunks.ts'

export const FRAME = 65_536
const TAG = 16

/** Of an empty message that shows whether a passphrase fits; never the nonce of a frame. */
export const CHECK_NONCE = new Uint8Array(12).fill(0xff)

export function sealFrames(next: ByteWriter, cipher: Cipher, label: Uint8Array): ByteWriter {
  let number = 0
  return createChunks(FRAME, async (chunk, isLast) => {
    await next.write(await cipher.seal(nonceOf(number++, isLast), chunk, label))
    if (isLast) await next.end()
  })
}

/** What was sealed. Its length follows from that of the frames, and is checked by the last one's nonce. */
export function openFrames(sealed: ByteSource, cipher: Cipher, label: Uint8Array): ByteSource {
  const count = Math.max(1, Math.ceil(sealed.left / (FRAME + TAG)))
  let number = 0
  return createByteSource(Math.max(0, sealed.left - count * TAG), async () => {
    const frame = await sealed.read(Math.min(FRAME + TAG, sealed.left))
    const opened = await cipher.open(nonceOf(number++, sealed.left === 0), frame, label)
    if (opened === undefined) throw badFile('a part of it is damaged or missing')
    return opened
  })
}

/** 7 bytes of zero, the number, and 1 for the last. A key is made for one file, so that no nonce serves twice. */
function nonceOf(number: number, isLast: boolean): Uint8Array {
  const nonce = new Uint8Array(12)
  new DataView(nonce.buffer).setUint32(7, number, true)
  nonce[11] = isLast ? 1 : 0
  return nonce
}
