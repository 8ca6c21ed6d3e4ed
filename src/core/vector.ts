/** Small sums over vectors, and the checks at the door of every vector index. */

/** Of two vectors of the same length. */
export function dotProduct(a: Float32Array, b: Float32Array): number {
  let sum = 0
  for (let i = 0; i < a.length; i++) sum += (a[i] as number) * (b[i] as number)
  return sum
}

/** Whether both hold the same numbers in the same order. */
export function sameNumbers(a: Float32Array, b: Float32Array): boolean {
  return a.length === b.length && a.every((value, i) => value === b[i])
}

/** `vector` with length 1; a zero vector stays as it is. */
export function normalised(vector: Float32Array): Float32Array {
  const length = Math.sqrt(dotProduct(vector, vector))
  return length === 0 ? vector.slice() : vector.map(value => value / length)
}

/** @throws Error unless `vectors` holds one finite row of `dimension` values for each of `keys`. */
export function expectRows(keys: Uint32Array, vectors: Float32Array, dimension: number): void {
  if (vectors.length !== keys.length * dimension) {
    const expected = `${keys.length} vectors of ${dimension} values`
    throw new Error(`expected ${expected}, got ${vectors.length} values`)
  }
  expectFinite(vectors)
}

/** @throws Error unless `query` is one finite row of `dimension` values. */
export function expectQuery(query: Float32Array, dimension: number): void {
  if (query.length !== dimension) {
    throw new Error(`expected a query of ${dimension} values, got ${query.length}`)
  }
  expectFinite(query)
}

function expectFinite(values: Float32Array): void {
  const at = values.findIndex(value => !Number.isFinite(value))
  if (at >= 0) throw new Error(`expected finite values, got ${values[at]} at ${at}`)
}
