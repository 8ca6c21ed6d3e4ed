import type { LibraryBlob } from '../ports/files.ts'
import { badFile } from './bad-file.ts'

/** Bytes in order, from something whose length is known. */
export interface ByteSource {
  /** How many have not been read. */
  readonly left: number
  /** Exactly `count` bytes. @throws BadLibraryFile when there are fewer. */
  read(count: number): Promise<Uint8Array>
}

/** Bytes of a file that are asked for at a time. */
const WINDOW = 1024 * 1024

/** A source that asks `next` for a piece whenever it needs one; an empty piece means that there is no more. */
export function createByteSource(length: number, next: () => Promise<Uint8Array>): ByteSource {
  let left = length
  let piece: Uint8Array = new Uint8Array(0)

  return {
    get left() {
      return left
    },
    async read(count) {
      // Before anything is allocated: the count may come from a stranger.
      if (count > left) throw badFile(`it ends ${count - left} bytes too early`)
      const bytes = new Uint8Array(count)
      for (let at = 0; at < count; ) {
        if (piece.length === 0) piece = await next()
        if (piece.length === 0) throw badFile('it ended while it was read')
        const some = piece.subarray(0, count - at)
        bytes.set(some, at)
        piece = piece.subarray(some.length)
        at += some.length
      }
      left -= count
      return bytes
    },
  }
}

/** The bytes of a file from `start`, a megabyte at a time. @throws BadLibraryFile when it can no longer be read. */
export function sourceOfBlob(blob: LibraryBlob, start: number): ByteSource {
  let at = start
  return createByteSource(blob.size - start, async () => {
    const end = Math.min(blob.size, at + WINDOW)
    const window = blob.slice(at, end)
    at = end
    return new Uint8Array(await window.arrayBuffer().catch(cannotRead))
  })
}

function cannotRead(cause: unknown): never {
  throw badFile('it was moved, changed or removed while it was read', cause)
}
