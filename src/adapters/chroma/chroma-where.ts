import type { RecordFilter } from '../../core/ports/vector-server.ts'

/** A filter in Chroma's words. */
export function whereOf(filter: RecordFilter): Record<string, unknown> {
  if ('all' in filter) return together('$and', filter.all)
  if ('any' in filter) return together('$or', filter.any)
  return { [filter.key]: testOf(filter) }
}

/** Chroma takes two or more of them. */
function together(word: '$and' | '$or', filters: readonly RecordFilter[]): Record<string, unknown> {
  const [first, ...others] = filters
  if (first === undefined) throw new Error(`expected one or more conditions for ${word}, got none`)
  return others.length === 0 ? whereOf(first) : { [word]: filters.map(whereOf) }
}

function testOf(filter: Exclude<RecordFilter, { all: unknown } | { any: unknown }>): Record<string, unknown> {
  if ('is' in filter) return { $eq: filter.is }
  if ('not' in filter) return { $ne: filter.not }
  if ('above' in filter) return { $gt: filter.above }
  if ('atMost' in filter) return { $lte: filter.atMost }
  if ('oneOf' in filter) return { $in: filter.oneOf }
  return { $contains: filter.has }
}
