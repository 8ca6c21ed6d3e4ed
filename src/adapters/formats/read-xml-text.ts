import { Parser } from 'htmlparser2'
import type { Block } from '../../core/text/join-blocks.ts'
import type { Reading } from '../reading.ts'

/** Elements in each other; the parser is quadratic in them, and of what is deeper only the text is read. */
const DEEPEST = 200
/** UTF-16 units behind which what an element holds is a block of its own. */
const BLOCK = 200
const TITLE = /^(?:title|name|head|headline|heading|subject|label|caption)$/i
const LONGEST_TITLE = 200
/** Attributes that hold words. */
const SAID = /^(?:.*:)?(?:title|name|label|text|description|desc|alt|caption|summary|content|value)$/i
const HIDDEN: ReadonlySet<string> = new Set(['script', 'style', 'metadata'])

interface Frame {
  readonly name: string
  readonly isHidden: boolean
  /** Text and the texts of elements in it, in order, while they are short. */
  lines: string[]
  blocks: Block[]
  title: string | undefined
  text: string
  hasElements: boolean
  /** Whether text stands between elements, as in a paragraph. */
  isMixed: boolean
}

/**
 * XML as text: elements that hold nothing but text are lines `name: text`, larger ones blocks whose title, name or heading
 * is above them. Nothing outside the file is asked for, and entities that it declares itself are not expanded.
 */
export function readXmlText(source: string): Reading {
  const root = frameOf('', false)
  const open: Frame[] = [root]
  let isTooDeep = false
  const top = () => open.at(-1) ?? root
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        top().hasElements = true
        if (open.length > DEEPEST) {
          isTooDeep = true
          parser.pause()
        }
        if (isTooDeep) return
        flushText(top())
        open.push(frameOf(localName(name), top().isHidden || HIDDEN.has(localName(name).toLowerCase())))
        addAttributes(top(), attributes)
      },
      ontext(text) {
        // What stands outside the outermost element is a declaration.
        if (open.length > 1) top().text += text
      },
      onclosetag() {
        const closed = isTooDeep ? undefined : open.pop()
        if (closed !== undefined && closed !== root) handUp(closed, top(), open.length)
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  parser.end(source)
  if (isTooDeep) return withoutTags(source)
  flushText(root)
  flushLines(root)
  const title = root.title ?? root.blocks.find(({ level }) => level !== undefined)?.text
  return { title, blocks: root.blocks }
}

function withoutTags(source: string): Reading {
  return { title: undefined, blocks: [{ text: source.replace(/<[^<>]*>/g, ' ').replace(/ {2,}/g, ' ') }] }
}

function frameOf(name: string, isHidden: boolean): Frame {
  return {
    name,
    isHidden,
    lines: [],
    blocks: [],
    title: undefined,
    text: '',
    hasElements: false,
    isMixed: false,
  }
}

function addAttributes(frame: Frame, attributes: Readonly<Record<string, string>>): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (!SAID.test(name) || !/\p{L}{2}/u.test(value)) continue
    const label = localName(name)
    if (TITLE.test(label) && value.length <= LONGEST_TITLE) frame.title ??= value
    else frame.lines.push(`${label}: ${value}`)
  }
}

/** Puts what a closed element holds where the element stands in the one around it. */
function handUp(closed: Frame, parent: Frame, depth: number): void {
  if (closed.isHidden) return
  const text = closed.text.replace(/\s+/g, ' ').trim()
  if (!closed.hasElements && text !== '') {
    if (TITLE.test(closed.name) && text.length <= LONGEST_TITLE && parent.title === undefined)
      parent.title = text
    else parent.lines.push(parent.isMixed ? text : `${closed.name}: ${text}`)
    closed.text = ''
  }
  flushText(closed)
  const size = closed.lines.reduce((sum, line) => sum + line.length, 0)
  const isBlock = closed.blocks.length > 0 || closed.title !== undefined || size >= BLOCK
  if (!isBlock) {
    if (closed.lines.length > 0) parent.lines.push(textOf(closed))
    return
  }
  flushLines(closed)
  flushLines(parent)
  const level = Math.min(6, Math.max(1, depth - 1))
  if (closed.title !== undefined) parent.blocks.push({ text: closed.title, level })
  for (const block of closed.blocks) parent.blocks.push(block)
}

function flushText(frame: Frame): void {
  const text = frame.text.replace(/\s+/g, ' ').trim()
  if (text !== '') {
    frame.lines.push(text)
    frame.isMixed ||= frame.hasElements
  }
  frame.text = ''
}

function flushLines(frame: Frame): void {
  if (frame.lines.length > 0) frame.blocks.push({ text: textOf(frame) })
  frame.lines = []
}

function textOf({ lines, isMixed }: Frame): string {
  return lines.join(isMixed ? ' ' : '\n')
}

function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}
