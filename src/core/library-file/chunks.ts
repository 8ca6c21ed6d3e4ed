/** Where bytes go, in order. */
export interface ByteWriter {
  write(bytes: Uint8Array): Promise<void>
  /** After the last byte. */
  end(): Promise<void>
}

/**
 * Gives what is written on in chunks of `size` bytes. A full chunk waits for the byte behind it, so that the last one,
 * which may be shorter or empty, is known to be the last.
 * @param take Must be done with a chunk when it resolves: its bytes are written anew afterwards.
 */
export function createChunks(
  size: number,
  take: (chunk: Uint8Array, isLast: boolean) => Promise<void>,
): ByteWriter {
  const chunk = new Uint8Array(size)
  let filled = 0

  return {
    async write(bytes) {
      for (let at = 0; at < bytes.length; ) {
        if (filled === size) {
          await take(chunk, false)
          filled = 0
        }
        const some = bytes.subarray(at, at + size - filled)
        chunk.set(some, filled)
        filled += some.length
        at += some.length
      }
    },
    end: () => take(chunk.subarray(0, filled), true),
  }
}
