import type { Passage } from '../core/document.ts'

/** UTF-16 units of text in one row: small enough that a passage of a book is read without the book. */
export const SEGMENT = 32_768

export function packText(text: string): string[] {
  return Array.from({ length: Math.ceil(text.length / SEGMENT) }, (_, n) =>
    text.slice(n * SEGMENT, (n + 1) * SEGMENT),
  )
}

/** The numbers of the segments that hold `[start, end)`, which is not empty. */
export function segmentsOf({ start, end }: Passage): number[] {
  const first = Math.floor(start / SEGMENT)
  const last = Math.floor(Math.max(start, end - 1) / SEGMENT)
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
}
