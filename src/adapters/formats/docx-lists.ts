import { attributeOf, childAt, childrenOf, type XmlElement } from './xml-element.ts'
import type { ListPlace } from './docx-styles.ts'

const DEEPEST = 8

/** Gives the items of lists what stands before them: `- `, or `2. ` with a count for each list. */
export interface ListMarks {
  /** Two spaces for each level, and the mark. */
  next(place: ListPlace): string
}

/** By `numbering.xml`. All numbers are shown as digits: they are for reading, not for layout. */
export function createListMarks(numbering: XmlElement | undefined): ListMarks {
  const kinds = kindsOf(numbering)
  const counts = new Map<string, number[]>()
  return {
    next({ list, depth: given }) {
      const depth = Math.max(0, Math.min(DEEPEST, given))
      const indent = '  '.repeat(depth)
      if (kinds.get(list)?.has(depth) !== true) return `${indent}- `
      const levels = (counts.get(list) ?? []).slice(0, depth + 1)
      const count = (levels[depth] ?? 0) + 1
      levels[depth] = count
      counts.set(list, levels)
      return `${indent}${count}. `
    },
  }
}

/** Of each list, the levels that are numbered. */
function kindsOf(numbering: XmlElement | undefined): ReadonlyMap<string, ReadonlySet<number>> {
  const abstract = new Map<string, ReadonlySet<number>>()
  for (const list of childrenOf(numbering, 'abstractNum')) {
    const numbered = childrenOf(list, 'lvl').filter(isNumbered)
    const levels = numbered.map(level => Number(attributeOf(level, 'ilvl')))
    abstract.set(attributeOf(list, 'abstractNumId') ?? '', new Set(levels))
  }
  return new Map(
    childrenOf(numbering, 'num').map(list => {
      const kind = attributeOf(childAt(list, 'abstractNumId'), 'val') ?? ''
      return [attributeOf(list, 'numId') ?? '', abstract.get(kind) ?? new Set<number>()]
    }),
  )
}

function isNumbered(level: XmlElement): boolean {
  const format = attributeOf(childAt(level, 'numFmt'), 'val') ?? 'decimal'
  return format !== 'bullet' && format !== 'none'
}
