import type { Shape } from './slide-title.ts'
import {
  attributeOf,
  childAt,
  childrenOf,
  descendantsOf,
  elementsOf,
  textOf,
  type XmlElement,
} from './xml-element.ts'

/** What stands on every slide: number, date, head and foot; and on notes, the picture of the slide. */
const FURNITURE: ReadonlySet<string> = new Set(['sldNum', 'dt', 'hdr', 'ftr', 'sldImg'])

/** The shapes of a slide or of its notes, those in groups included. */
export function shapesOf(tree: XmlElement): Shape[] {
  const canvas = childAt(tree, 'cSld', 'spTree')
  return canvas === undefined ? [] : shapesIn(canvas).filter(shape => shape.text.trim() !== '')
}

/** The text of a drawing that is a part of its own: a diagram, a chart, comments. Each line once. */
export function drawnText(tree: XmlElement): string {
  const lines = descendantsOf(tree, 'p').map(paragraphLine)
  const names = descendantsOf(tree, 'strCache').flatMap(cache => descendantsOf(cache, 'v').map(textOf))
  const comments = descendantsOf(tree, 'text').map(textOf)
  return [...new Set([...lines, ...names, ...comments].map(line => line.trim()))].filter(Boolean).join('\n')
}

function shapesIn(group: XmlElement): Shape[] {
  return elementsOf(group).flatMap(shape => {
    switch (shape.name) {
      case 'sp':
        return [textShape(shape)].filter(({ place }) => !FURNITURE.has(place))
      case 'graphicFrame':
        return [...pictured(shape), ...descendantsOf(shape, 'tbl').map(tableShape)]
      case 'pic':
      case 'cxnSp':
        return pictured(shape)
      case 'grpSp':
      case 'AlternateContent':
      case 'Choice':
        return [...pictured(shape), ...shapesIn(shape)]
      default:
        return []
    }
  })
}

function textShape(shape: XmlElement): Shape {
  const holder = childAt(shape, 'nvSpPr', 'nvPr', 'ph')
  const place = holder === undefined ? '' : (attributeOf(holder, 'type') ?? 'body')
  const paragraphs = childrenOf(childAt(shape, 'txBody'), 'p')
  if (place === 'title' || place === 'ctrTitle') return { place, text: inOneLine(paragraphs) }
  const isList = place === 'body' && paragraphs.length > 1
  return { place, text: listText(paragraphs, isList) }
}

/** What a picture, or a shape, shows, when somebody has described it. */
function pictured(shape: XmlElement): Shape[] {
  const properties = elementsOf(shape).find(({ name }) => name.startsWith('nv'))
  const text = attributeOf(childAt(properties, 'cNvPr'), 'descr')
  return text === undefined ? [] : [{ place: '', text }]
}

function tableShape(table: XmlElement): Shape {
  const rows = childrenOf(table, 'tr').map(row =>
    childrenOf(row, 'tc')
      .filter(cell => attributeOf(cell, 'hMerge') === undefined)
      .map(cell => inOneLine(descendantsOf(cell, 'p')))
      .join(' | '),
  )
  return { place: '', text: rows.join('\n') }
}

/** Paragraphs as lines. In a list, all are items but those that say otherwise; elsewhere, those that say so. */
function listText(paragraphs: readonly XmlElement[], isList: boolean): string {
  let count = 0
  return paragraphs
    .map(paragraph => {
      const line = paragraphLine(paragraph)
      const properties = childAt(paragraph, 'pPr')
      const isNumbered = childAt(properties, 'buAutoNum') !== undefined
      count = isNumbered ? count + 1 : 0
      const isItem = isList || childAt(properties, 'buChar') !== undefined
      if (line.trim() === '' || childAt(properties, 'buNone') !== undefined) return line
      const indent = '  '.repeat(Math.min(8, Number(attributeOf(properties, 'lvl') ?? 0) || 0))
      return `${isItem || isNumbered ? indent : ''}${isNumbered ? `${count}. ` : isItem ? '- ' : ''}${line}`
    })
    .join('\n')
}

function inOneLine(paragraphs: readonly XmlElement[]): string {
  return paragraphs.map(paragraphLine).join(' ').replace(/\s+/g, ' ').trim()
}

function paragraphLine(paragraph: XmlElement): string {
  return elementsOf(paragraph)
    .map(run => {
      if (run.name === 'br') return '\n'
      if (run.name === 'r' || run.name === 'fld') return textOf(childAt(run, 't'))
      // Formulas stand in what newer programs know.
      return run.name === 'AlternateContent' || run.name === 'm' ? formula(run) : ''
    })
    .join('')
}

function formula(element: XmlElement): string {
  return elementsOf(element)
    .filter(({ name }) => name !== 'Fallback')
    .map(child => (child.name === 't' ? textOf(child) : formula(child)))
    .join('')
}
