import type { PDFDocumentProxy } from 'pdfjs-dist/legacy/build/pdf.mjs'
import type { OutlineEntry } from './pdf-headings.ts'

type OutlineNode = Awaited<ReturnType<PDFDocumentProxy['getOutline']>>[number]

/** No outline for people has more entries. */
const MOST = 5000
const DEEPEST = 6

/** The outline's entries with the pages to which they lead; those that lead nowhere are left out. */
export async function readOutline(document: PDFDocumentProxy): Promise<OutlineEntry[]> {
  try {
    const entries: OutlineEntry[] = []
    for (const { node, level } of flatten((await document.getOutline()) ?? [])) {
      const page = await pageOf(document, node)
      if (page !== undefined) entries.push({ title: node.title.slice(0, 1000), level, page })
    }
    return entries
  } catch {
    // The outline is a convenience; the text is what counts.
    return []
  }
}

function flatten(nodes: readonly OutlineNode[]): { node: OutlineNode; level: number }[] {
  const flat: { node: OutlineNode; level: number }[] = []
  const visit = (some: readonly OutlineNode[], level: number) => {
    for (const node of some) {
      if (flat.length >= MOST) return
      flat.push({ node, level: Math.min(level, DEEPEST) })
      if (level < 2 * DEEPEST) visit(node.items as OutlineNode[], level + 1)
    }
  }
  visit(nodes, 1)
  return flat
}

async function pageOf(document: PDFDocumentProxy, { dest }: OutlineNode): Promise<number | undefined> {
  try {
    const place: unknown = typeof dest === 'string' ? await document.getDestination(dest) : dest
    const target: unknown = Array.isArray(place) ? place[0] : undefined
    if (typeof target === 'number') return target + 1
    if (typeof target !== 'object' || target === null || !('num' in target) || !('gen' in target))
      return undefined
    return (await document.getPageIndex({ num: Number(target.num), gen: Number(target.gen) })) + 1
  } catch {
    return undefined
  }
}
