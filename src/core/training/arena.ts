/** Typed arrays one behind the other in a buffer; the same requests give the same places in every thread. */
export interface Arena {
  float32(length: number): Float32Array
  int32(length: number): Int32Array
  /** Bytes used so far, from the start of the buffer. */
  used(): number
}

/** Keeps `start` bytes free in front; every array begins at a multiple of 16. */
export function createArena(buffer: ArrayBufferLike, start = 0): Arena {
  let next = align(start)
  const take = (length: number): number => {
    const place = next
    next = align(next + 4 * length)
    if (next > buffer.byteLength) {
      throw new Error(`expected room for ${next} bytes, got a buffer of ${buffer.byteLength}`)
    }
    return place
  }
  return {
    float32: length => new Float32Array(buffer, take(length), length),
    int32: length => new Int32Array(buffer, take(length), length),
    used: () => next,
  }
}

/** Only counts: its arrays are empty. */
export function measureArena(): Arena {
  let next = 0
  const take = (length: number): void => {
    next = align(next + 4 * length)
  }
  return {
    float32(length) {
      take(length)
      return new Float32Array(0)
    },
    int32(length) {
      take(length)
      return new Int32Array(0)
    },
    used: () => next,
  }
}

function align(position: number): number {
  return Math.ceil(position / 16) * 16
}
