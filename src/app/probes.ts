import type { Encoder } from '../core/ports/encoder.ts'
import type { Choice } from '../core/training/choice.ts'
import { PROBES } from '../core/training/probe-texts.ts'

/** The fixed probes as choices: each query among the passages of all. */
export async function embedProbes(encoder: Encoder): Promise<Choice[]> {
  const { dimension } = await encoder.info()
  const queries = await encoder.encode(
    PROBES.map(([query]) => query),
    'query',
  )
  const passages = await encoder.encode(
    PROBES.map(([, passage]) => passage),
    'document',
  )
  const candidates = PROBES.map((_, id) => ({ id, vector: rowOf(passages, id, dimension) }))
  return candidates.map((right, group) => ({
    query: rowOf(queries, group, dimension),
    right,
    wrong: candidates.filter(({ id }) => id !== right.id),
    group,
  }))
}

export function rowOf(rows: Float32Array, row: number, dimension: number): Float32Array {
  return rows.subarray(row * dimension, (row + 1) * dimension)
}
