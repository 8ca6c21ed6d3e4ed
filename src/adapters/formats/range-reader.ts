import { failure } from '../../core/errors.ts'
import type { LibraryBlob } from '../../core/ports/files.ts'

/** The bytes from `start` to before `end`, fewer where the file ends earlier. They must not be written to. */
export type ReadRange = (start: number, end: number) => Promise<Uint8Array<ArrayBuffer>>

/** Asking a file for a few bytes costs as much as asking for this many. */
const WINDOW = 1024 * 1024

/** Reads pieces of a file that is not held whole; what lies behind a piece is there when it is asked for next. */
export function createRangeReader(blob: LibraryBlob): ReadRange {
  let window = new Uint8Array(0)
  let at = 0
  return async (start, end) => {
    const last = Math.min(end, blob.size)
    if (start >= last) return new Uint8Array(0)
    if (start < at || last > at + window.length) {
      window = await bytesOf(blob, start, Math.min(blob.size, Math.max(last, start + WINDOW)))
      at = start
    }
    return window.subarray(start - at, last - at)
  }
}

async function bytesOf(blob: LibraryBlob, start: number, end: number): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return new Uint8Array(await blob.slice(start, end).arrayBuffer())
  } catch (cause) {
    // The browser refuses a file that was changed, moved or deleted after it was dropped.
    throw failure(
      'UnreadableFile',
      'The file could not be read: it may have been moved or changed. Add it again.',
      cause,
    )
  }
}
