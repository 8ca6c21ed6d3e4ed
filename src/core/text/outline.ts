import type { DocumentContents, Heading, Outline, PageStart, Passage } from '../document.ts'

/**
 * Where a stored document's headings and pages begin. A document that was stored without them has them by its passages:
 * there, a heading above no whole passage, and the place inside a passage where a page begins, are not known any more.
 */
export function outlineOf({ text, passages, outline }: DocumentContents): Outline {
  if (outline !== undefined) return outline
  const pages = pagesOf(passages)
  return { headings: headingsOf(text, passages), ...(pages.length === 0 ? {} : { pages }) }
}

function pagesOf(passages: readonly Passage[]): PageStart[] {
  return passages.flatMap(({ start, page }, i) =>
    page === undefined || page === passages[i - 1]?.page ? [] : [{ offset: start, page }],
  )
}

function headingsOf(text: string, passages: readonly Passage[]): Heading[] {
  return passages.flatMap((passage, i) => headingsAt(text, passage, passages[i - 1]?.trail ?? []))
}

/** The headings that a passage stands under and the one before did not, each at its own line where there is one. */
function headingsAt(text: string, { start, end, trail }: Passage, before: readonly string[]): Heading[] {
  const differs = trail.findIndex((heading, i) => heading !== before[i])
  const isShorter = differs < 0 && trail.length < before.length
  // Back under a heading that was left: it is said again.
  const first = isShorter ? trail.length - 1 : differs
  if (first < 0) return []
  let from = start
  return trail.slice(first).map((heading, i) => {
    const line = lineAt(text, heading, from, end)
    const offset = line ?? Math.min(from, end - 1)
    from = offset + (line === undefined ? 1 : heading.length)
    return { offset, level: Math.min(6, first + i + 1), text: heading }
  })
}

/** Where a line says just that. */
function lineAt(text: string, heading: string, start: number, end: number): number | undefined {
  for (let at = start; at < end; ) {
    const lineEnd = text.indexOf('\n', at)
    const stop = lineEnd < 0 ? end : Math.min(lineEnd, end)
    const line = text.slice(at, stop)
    if (line.trim() === heading) return at + line.indexOf(heading)
    if (line.trim() !== '') return undefined
    at = stop + 1
  }
  return undefined
}
