/** Checked reading of untrusted fields; each throws an Error with what was expected and what came. */

export type Fields = Readonly<Record<string, unknown>>

export function fieldsOf(value: unknown, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields
  throw unexpected(name, 'an object', value)
}

export function listOf<T>(
  value: unknown,
  name: string,
  most: number,
  parse: (item: unknown, name: string) => T,
): T[] {
  if (!Array.isArray(value) || value.length > most) throw unexpected(name, `a list of at most ${most}`, value)
  return value.map((item: unknown, i) => parse(item, `${name}[${i}]`))
}

export function textOf(value: unknown, name: string, most: number, least = 1): string {
  if (typeof value === 'string' && value.length >= least && value.length <= most) return value
  throw unexpected(name, `a text of ${least} to ${most} characters`, value)
}

export function countOf(value: unknown, name: string, least: number, most: number): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most) return value
  throw unexpected(name, `a whole number from ${least} to ${most}`, value)
}

export function numberOf(value: unknown, name: string, least: number, most: number): number {
  if (typeof value === 'number' && value >= least && value <= most) return value
  throw unexpected(name, `a number from ${least} to ${most}`, value)
}

export function oneOf<T extends string>(value: unknown, name: string, choices: readonly T[]): T {
  const chosen = choices.find(choice => choice === value)
  if (chosen !== undefined) return chosen
  throw unexpected(name, choices.join(' or '), value)
}

export function sha256Of(value: unknown, name: string): string {
  if (typeof value === 'string' && /^[0-9a-f]{64}$/.test(value)) return value
  throw unexpected(name, '64 lower-case hex digits', value)
}

/** A path below the manifest's folder: plain names, joined by `/`, none of which begins with a dot. */
export function pathOf(value: unknown, name: string): string {
  const isPlain = typeof value === 'string' && /^\w[\w.-]*(\/\w[\w.-]*)*$/.test(value)
  if (isPlain && value.length <= 200) return value
  throw unexpected(name, 'a plain relative path', value)
}

function unexpected(name: string, expected: string, got: unknown): Error {
  const shown = JSON.stringify(got)?.slice(0, 80) ?? 'nothing'
  return new Error(`expected ${name} to be ${expected}, got ${shown}`)
}
