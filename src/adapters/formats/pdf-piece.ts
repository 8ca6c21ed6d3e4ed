/** A run of characters as a page shows it. Points, from the page's upper left corner; `y` is the baseline. */
export interface Piece {
  readonly text: string
  readonly x: number
  readonly right: number
  readonly y: number
  /** Of the font. */
  readonly size: number
  readonly font: string
  /** Whether white space stands before it in the page's own order. */
  readonly spaced: boolean
  /** 1 to 6, where the file's tags call it a heading. */
  readonly level: number | undefined
}

/** A line of one column. */
export interface Line {
  /** More than one where wide gaps part it, as in a table. */
  readonly cells: readonly string[]
  readonly x: number
  readonly right: number
  readonly y: number
  /** Of most of its characters. */
  readonly size: number
  readonly font: string
  readonly level: number | undefined
  /** Lines of one column, between what spans the page, are of one region. */
  readonly region: number
}

export interface PageLines {
  /** From 1. */
  readonly page: number
  /** Points. */
  readonly height: number
  readonly lines: readonly Line[]
}

const NO_SPACES =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u3000-\u303F\uFF00-\uFF65]/u

/** Whether two pieces of text that follow each other need a space between them: not in scripts that use none. */
export function needsSpace(before: string, after: string): boolean {
  if (/\s$/.test(before) || /^\s/.test(after)) return false
  const last = before.slice(-2).match(/.$/u)?.[0] ?? ''
  const first = after.slice(0, 2).match(/^./u)?.[0] ?? ''
  return !(NO_SPACES.test(last) && NO_SPACES.test(first))
}

export function least(values: readonly number[]): number {
  return values.reduce((a, b) => Math.min(a, b), Infinity)
}

export function most(values: readonly number[]): number {
  return values.reduce((a, b) => Math.max(a, b), -Infinity)
}

/** The middle one; 0 of nothing. */
export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0
}

/** The value that most characters have. */
export function mostCommon<T>(
  items: readonly { readonly value: T; readonly characters: number }[],
): T | undefined {
  const counts = new Map<T, number>()
  for (const { value, characters } of items) counts.set(value, (counts.get(value) ?? 0) + characters)
  let best: T | undefined
  let highest = -1
  for (const [value, count] of counts) {
    if (count > highest) [best, highest] = [value, count]
  }
  return best
}
