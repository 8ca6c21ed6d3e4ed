import { attributeOf, childAt, childrenOf, type XmlElement } from './xml-element.ts'

export interface ParagraphStyle {
  /** Of a heading, 1 to 6. */
  readonly level: number | undefined
  /** The document's title. */
  readonly isTitle: boolean
  /** A line of a table of contents: it repeats headings. */
  readonly isContents: boolean
  readonly list: ListPlace | undefined
}

export interface ListPlace {
  readonly list: string
  /** From 0. */
  readonly depth: number
}

export type ParagraphStyles = ReadonlyMap<string, ParagraphStyle>

/**
 * Office itself writes `heading 1` in every language; other programs write the names that their users see. As in the
 * languages of Office's largest markets.
 */
const HEADING =
  /^(?:heading|überschrift|titre|título|titolo|titulo|kop|rubrik|overskrift|otsikko|nagłówek|nadpis|címsor|başlık|заголовок|επικεφαλίδα|标题|標題|見出し|제목)\s?([1-9])$/iu
const TITLE = /^(?:title|titel|titre|título|titolo|tytuł|название|标题|標題|表題)$/iu
const CONTENTS = /^(?:toc|contents|verzeichnis|tm|index|indice|índice|inhopg|table of figures)\s?\d?$/iu
const LONGEST_CHAIN = 20

/** The paragraph styles of `styles.xml`, by id; each with what it takes over from those that it is based on. */
export function paragraphStyles(tree: XmlElement | undefined): ParagraphStyles {
  const byId = new Map<string, XmlElement>()
  for (const style of childrenOf(tree, 'style')) byId.set(attributeOf(style, 'styleId') ?? '', style)
  return new Map([...byId.keys()].map(id => [id, styleOf(chain(id, byId))]))
}

/** The outline level that a paragraph's or a style's properties give it; 0 when it is body text. */
export function outlineLevel(properties: XmlElement | undefined): number | undefined {
  const value = attributeOf(childAt(properties, 'outlineLvl'), 'val')
  if (value === undefined || !/^\d$/.test(value)) return undefined
  return value === '9' ? 0 : Math.min(6, Number(value) + 1)
}

/** The list of a paragraph's or a style's properties. */
export function listPlace(properties: XmlElement | undefined): ListPlace | undefined {
  const numbering = childAt(properties, 'numPr')
  const list = attributeOf(childAt(numbering, 'numId'), 'val')
  if (list === undefined) return undefined
  return { list, depth: Number(attributeOf(childAt(numbering, 'ilvl'), 'val') ?? 0) || 0 }
}

/** The style, the one that it is based on, and so on. */
function chain(id: string, byId: ReadonlyMap<string, XmlElement>): XmlElement[] {
  const found: XmlElement[] = []
  for (let at: string | undefined = id; at !== undefined && found.length < LONGEST_CHAIN; ) {
    const style = byId.get(at)
    if (style === undefined) break
    found.push(style)
    at = attributeOf(childAt(style, 'basedOn'), 'val')
  }
  return found
}

function styleOf(styles: readonly XmlElement[]): ParagraphStyle {
  const own = nameOf(styles[0])
  const list = styles.map(style => listPlace(childAt(style, 'pPr'))).find(found => found !== undefined)
  const isContents = CONTENTS.test(own)
  const isTitle = TITLE.test(own)
  const level = isTitle ? 1 : styles.map(levelOf).find(found => found !== undefined)
  return { level: isContents || level === 0 ? undefined : level, isTitle, isContents, list }
}

function levelOf(style: XmlElement): number | undefined {
  const named = HEADING.exec(nameOf(style))?.[1]
  return outlineLevel(childAt(style, 'pPr')) ?? (named === undefined ? undefined : Math.min(6, Number(named)))
}

function nameOf(style: XmlElement | undefined): string {
  return (attributeOf(childAt(style, 'name'), 'val') ?? attributeOf(style, 'styleId') ?? '').trim()
}
