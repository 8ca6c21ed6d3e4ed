import type { KeptDatabase } from './databases.ts'

/** Puts the identity where a learned matrix is: a megabyte of learned numbers would not deflate. */
export function withIdentity(database: KeptDatabase): KeptDatabase {
  if (database.name !== 'belfry-heads') return database
  const stores = database.stores.map(store => ({
    ...store,
    rows: store.rows.map(row => ({ ...row, value: replaceCorrection(row.value) })),
  }))
  return { ...database, stores }
}

function replaceCorrection(value: unknown): unknown {
  if (!hasCorrection(value)) return value
  const dimension = Math.sqrt(value.correction.length)
  const correction = value.correction.map((_, i) => (i % (dimension + 1) === 0 ? 1 : 0))
  return { ...value, correction }
}

function hasCorrection(value: unknown): value is { readonly correction: Float32Array } {
  return typeof value === 'object' && value !== null && 'correction' in value
}
