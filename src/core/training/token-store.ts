/** Many short lists of piece ids in little memory. */
export interface TokenStore {
  /** Number of lists so far. */
  readonly size: number
  /** Returns the list's number. */
  add(ids: ArrayLike<number>): number
  length(list: number): number
  /** Copies at most `limit` ids of a list to `target` from `at` on; returns how many. */
  copy(list: number, target: Int32Array, at: number, limit: number): number
  /** Equal for equal lists; different for nearly all others. */
  fingerprint(list: number): number
}

/** Ids are below 65,536. */
export function createTokenStore(): TokenStore {
  let ids = new Uint16Array(1 << 16)
  let starts = new Float64Array(1 << 12)
  let size = 0
  const start = (list: number): number => starts[list] ?? 0
  const length = (list: number): number => start(list + 1) - start(list)
  return {
    get size() {
      return size
    },
    add(list) {
      const from = start(size)
      while (from + list.length > ids.length) ids = grow(ids, new Uint16Array(2 * ids.length))
      if (size + 2 > starts.length) starts = grow(starts, new Float64Array(2 * starts.length))
      ids.set(list, from)
      starts[size + 1] = from + list.length
      return size++
    },
    length,
    copy(list, target, at, limit) {
      const count = Math.min(length(list), limit)
      const from = start(list)
      for (let i = 0; i < count; i++) target[at + i] = ids[from + i] ?? 0
      return count
    },
    fingerprint(list) {
      let hash = 0x811c9dc5
      for (let i = start(list); i < start(list + 1); i++) hash = Math.imul(hash ^ (ids[i] ?? 0), 0x01000193)
      return hash
    },
  }
}

function grow<T extends Uint16Array | Float64Array>(from: T, to: T): T {
  to.set(from)
  return to
}
