import { attributeOf, childrenOf, descendantsOf, elementsOf, textOf, type XmlElement } from './xml-element.ts'

/** Of each list style, the levels, from 1, that are numbered. */
export type ListStyles = ReadonlyMap<string, ReadonlySet<number>>

/** What stands at a place of the text, and what belongs to it and stands aside: notes, comments, boxes, pictures. */
export interface OdfText {
  readonly text: string
  readonly aside: readonly string[]
}

const MOST_SPACES = 64
const DEEPEST = 8
const SHAPES = /^(?:draw:(?!a$|object)|dr3d:)/
/** Of the page, not of what it says. */
const FURNITURE: ReadonlySet<string> = new Set([
  'page',
  'header',
  'footer',
  'date-time',
  'page-number',
  'handout',
])

/** A paragraph or a heading. White space is as in HTML; what must be kept is written as elements. */
export function paragraphText(paragraph: XmlElement, styles: ListStyles): OdfText {
  const pieces: string[] = []
  const aside: string[] = []
  const add = (element: XmlElement) => {
    for (const child of element.children) {
      if (typeof child === 'string') pieces.push(child.replace(/\s+/g, ' '))
      else if (child.name === 'text:note') aside.push(...childrenOf(child, 'text:note-body').flatMap(flow))
      else if (child.name === 'office:annotation') aside.push(commentText(child))
      else if (SHAPES.test(child.name)) aside.push(...shapeTexts(child, styles))
      else if (child.name === 'text:s') pieces.push(' '.repeat(spaces(child)))
      else if (child.name === 'text:tab') pieces.push('\t')
      else if (child.name === 'text:line-break') pieces.push('\n')
      else if (child.name !== 'text:ruby-text') add(child)
    }
  }
  const flow = (body: XmlElement) => flowTexts(body, styles)
  add(paragraph)
  return { text: pieces.join('').trim(), aside }
}

/** A list as lines, a mark before each item, what is nested indented. Headings in it are items as well. */
export function listText(list: XmlElement, styles: ListStyles, depth = 0, outer?: string): OdfText {
  const style = attributeOf(list, 'style-name') ?? outer
  const isNumbered = styles.get(style ?? '')?.has(depth + 1) === true
  const indent = '  '.repeat(Math.min(DEEPEST, depth))
  const lines: string[] = []
  const aside: string[] = []
  let count = 0
  for (const item of elementsOf(list)) {
    let mark = item.name === 'text:list-item' ? (isNumbered ? `${++count}. ` : '- ') : ''
    for (const child of elementsOf(item)) {
      const isList = child.name === 'text:list'
      const inner = isList ? listText(child, styles, depth + 1, style) : paragraphText(child, styles)
      aside.push(...inner.aside)
      if (inner.text === '') continue
      lines.push(isList ? inner.text : `${indent}${mark}${inner.text}`)
      if (!isList) mark = '  '
    }
  }
  return { text: lines.join('\n'), aside }
}

/** The cells of a row, each in one line; without those that another covers. */
export function rowCells(row: XmlElement, styles: ListStyles): OdfText[] {
  return childrenOf(row, 'table:table-cell').map(cell => {
    const texts = flowTexts(cell, styles)
    return { text: inOneLine(texts.join(' ')), aside: [] }
  })
}

/**
 * What a frame, a cell or a note holds: a text for each paragraph and table, for lists that follow each other, and for
 * what a picture shows.
 */
export function flowTexts(element: XmlElement, styles: ListStyles): string[] {
  const texts: string[] = []
  let afterList = false
  for (const child of elementsOf(element)) {
    const [first = '', ...others] = textsOf(child, styles)
    const isList = child.name === 'text:list'
    // A list that goes down a level is often written as another one.
    if (isList && afterList) texts.push(`${texts.pop() ?? ''}\n${first}`)
    else texts.push(first)
    texts.push(...others)
    afterList = isList && others.length === 0
  }
  return texts.filter(text => text.trim() !== '')
}

function textsOf(child: XmlElement, styles: ListStyles): string[] {
  switch (child.name) {
    case 'text:p':
    case 'text:h':
      return withAside(paragraphText(child, styles))
    case 'text:list':
      return withAside(listText(child, styles))
    case 'table:table':
      return [tableText(child, styles)]
    case 'svg:title':
    case 'svg:desc':
      return [inOneLine(textOf(child))]
    case 'office:annotation':
      return [commentText(child)]
    default:
      return shapeTexts(child, styles)
  }
}

/** The rows of a table, those in groups and in its head included. */
export function tableText(table: XmlElement, styles: ListStyles): string {
  const rows = descendantsOf(table, 'table:table-row')
  return rows
    .map(row =>
      rowCells(row, styles)
        .map(({ text }) => text)
        .join(' | '),
    )
    .join('\n')
}

/** A comment with its author in front. */
export function commentText(annotation: XmlElement): string {
  const author = textOf(childrenOf(annotation, 'dc:creator')[0]).trim()
  const said = ['text:p', 'text:list'].flatMap(name => childrenOf(annotation, name).map(textOf))
  const text = inOneLine(said.join(' '))
  return author === '' || text === '' ? text : `${author}: ${text}`
}

function shapeTexts(shape: XmlElement, styles: ListStyles): string[] {
  if (!SHAPES.test(shape.name) && !/^(?:table:shapes|draw:object)$/.test(shape.name)) return []
  const place = shape.attributes['presentation:class']
  return place !== undefined && FURNITURE.has(place) ? [] : flowTexts(shape, styles)
}

function withAside({ text, aside }: OdfText): string[] {
  return [text, ...aside]
}

function spaces(element: XmlElement): number {
  const count = Number(attributeOf(element, 'c') ?? 1)
  return Math.max(0, Math.min(MOST_SPACES, Math.floor(count) || 0))
}

function inOneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
