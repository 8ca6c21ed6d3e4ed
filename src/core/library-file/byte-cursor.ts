import { decodeUtf8 } from './utf8.ts'

/** Reads the parts of a payload in order. Each method throws an Error where the payload holds less than it says. */
export interface ByteCursor {
  u32(name: string): number
  /** `length` bytes behind a count of them, at most `most`. */
  text(name: string, most: number): string
  u32s(name: string, count: number): Uint32Array
  f32s(name: string, count: number): Float32Array
  /** @throws Error when there is something left. */
  end(): void
}

/** Numbers are little-endian, as every browser's typed arrays are. */
export function createByteCursor(bytes: Uint8Array): ByteCursor {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  let at = 0

  function take(name: string, length: number): number {
    const left = bytes.length - at
    if (length > left) throw new Error(`expected ${length} bytes of ${name}, got ${left}`)
    at += length
    return at - length
  }

  /** A copy, since a typed array must begin at a multiple of its element. */
  function copy(name: string, length: number): ArrayBufferLike {
    const start = take(name, length)
    return bytes.slice(start, start + length).buffer
  }

  const cursor: ByteCursor = {
    u32: name => view.getUint32(take(name, 4), true),
    text(name, most) {
      const length = cursor.u32(`the length of ${name}`)
      if (length > most) throw new Error(`expected at most ${most} bytes of ${name}, got ${length}`)
      const start = take(name, length)
      return decodeUtf8(bytes.subarray(start, start + length))
    },
    u32s: (name, count) => new Uint32Array(copy(name, count * 4)),
    f32s: (name, count) => new Float32Array(copy(name, count * 4)),
    end() {
      if (at < bytes.length) throw new Error(`expected the end, got ${bytes.length - at} bytes more`)
    },
  }
  return cursor
}

/** Parts one behind the other; a number is written as four bytes. */
export function joinBytes(
  ...parts: readonly (number | Uint8Array | Uint32Array | Float32Array)[]
): Uint8Array {
  const length = parts.reduce<number>(
    (sum, part) => sum + (typeof part === 'number' ? 4 : part.byteLength),
    0,
  )
  const bytes = new Uint8Array(length)
  const view = new DataView(bytes.buffer)
  let at = 0
  for (const part of parts) {
    if (typeof part === 'number') view.setUint32(at, part, true)
    else bytes.set(new Uint8Array(part.buffer, part.byteOffset, part.byteLength), at)
    at += typeof part === 'number' ? 4 : part.byteLength
  }
  return bytes
}
