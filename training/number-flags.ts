/** Numbers out of a command's flags, within bounds. */

export interface Bounds {
  readonly least: number
  readonly most: number
  readonly whole?: boolean
}

/** @throws Error naming the flag, what was expected and what came. */
export function numberFlag(name: string, value: string, { least, most, whole = false }: Bounds): number {
  const number = value.trim() === '' ? Number.NaN : Number(value)
  if (number >= least && number <= most && (!whole || Number.isInteger(number))) return number
  const kind = whole ? 'a whole number' : 'a number'
  throw new Error(`expected ${kind} from ${least} to ${most} for --${name}, got ${JSON.stringify(value)}`)
}

/** Numbers with commas between; none when the flag was left out. @throws Error as `numberFlag` does. */
export function numbersFlag(name: string, value: string | undefined, bounds: Bounds): number[] {
  return value === undefined ? [] : value.split(',').map(part => numberFlag(name, part, bounds))
}
