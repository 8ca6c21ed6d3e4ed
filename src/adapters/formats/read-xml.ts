import { Parser } from 'htmlparser2'
import { failure } from '../../core/errors.ts'
import { declaredCharset, utf16Of } from '../decode-text.ts'
import type { XmlElement, XmlNode } from './xml-element.ts'

/** What to do with a document as it streams past; only the elements that are wanted are ever held. */
export interface XmlVisitor {
  /** Whether to hold this element with all that is in it, and hand it to `element`. Not asked about what is held. */
  wants(name: string, attributes: Readonly<Record<string, string>>): boolean
  element(element: XmlElement): void
  /** An element that is not held begins, or ends. */
  opened?(name: string, attributes: Readonly<Record<string, string>>): void
  closed?(name: string): void
  /** Whether enough has been seen. */
  isDone?(): boolean
}

export interface XmlOptions {
  /** `w:p` is called `p`: programs may choose other prefixes. */
  readonly withoutPrefix?: boolean
  /** Nodes of one element that is held: a row of a table, a slide, a list of styles. A million unless said. */
  readonly mostNodes?: number
}

/** Elements in each other. Real documents have a tenth; a closing tag searches all that are open. */
const DEEPEST = 256
const MOST_NODES = 1_000_000

/**
 * Reads XML as it comes. Nothing outside the document is ever asked for, and entities that it declares itself are not
 * expanded, since the parser knows no declarations: `&lol;` stays as it is. XML that is not well-formed is read as far as
 * it makes sense.
 * @throws UnreadableFile when elements are nested too deep or one that is held is too large, and what `source` throws.
 */
export async function readXml(
  source: AsyncIterable<Uint8Array>,
  visitor: XmlVisitor,
  options: XmlOptions = {},
): Promise<void> {
  const parser = new Parser(handlerOf(visitor, options), { xmlMode: true, decodeEntities: true })
  let decoder: TextDecoder | undefined
  for await (const bytes of source) {
    decoder ??= decoderFor(bytes)
    parser.write(decoder.decode(bytes, { stream: true }))
    if (visitor.isDone?.() === true) return
  }
  parser.end(decoder?.decode())
}

/**
 * The whole document as one element.
 * @throws UnreadableFile when there is no element, or as `readXml` does.
 */
export async function readXmlTree(
  source: AsyncIterable<Uint8Array>,
  options: XmlOptions = { withoutPrefix: true },
): Promise<XmlElement> {
  let root: XmlElement | undefined
  const element = (found: XmlElement) => {
    root ??= found
  }
  await readXml(source, { wants: () => true, element }, options)
  if (root === undefined) throw failure('UnreadableFile', 'A part of the file is damaged: it holds no XML.')
  return root
}

function handlerOf(visitor: XmlVisitor, { withoutPrefix = false, mostNodes = MOST_NODES }: XmlOptions) {
  const nameOf = (name: string) => (withoutPrefix ? name.slice(name.indexOf(':') + 1) : name)
  /** The children of the elements that are open and held, outermost first. */
  const held: { element: XmlElement; children: XmlNode[] }[] = []
  let depth = 0
  let nodes = 0
  const count = () => {
    if (++nodes > mostNodes) throw failure('UnreadableFile', 'A part of the file is too large to be read.')
  }
  return {
    onopentag(prefixed: string, attributes: Record<string, string>) {
      const name = nameOf(prefixed)
      if (++depth > DEEPEST)
        throw failure('UnreadableFile', `The file nests more than ${DEEPEST} levels deep.`)
      if (held.length === 0 && !visitor.wants(name, attributes)) return visitor.opened?.(name, attributes)
      count()
      const children: XmlNode[] = []
      const element = { name, attributes, children }
      held.at(-1)?.children.push(element)
      held.push({ element, children })
    },
    onclosetag(prefixed: string) {
      depth--
      const last = held.pop()
      if (last === undefined) return visitor.closed?.(nameOf(prefixed))
      if (held.length > 0) return
      nodes = 0
      visitor.element(last.element)
    },
    ontext(text: string) {
      const children = held.at(-1)?.children
      if (children === undefined) return
      const before = children.at(-1)
      if (typeof before === 'string') children[children.length - 1] = before + text
      else {
        count()
        children.push(text)
      }
    },
  }
}

function decoderFor(start: Uint8Array): TextDecoder {
  const encoding = utf16Of(start) ?? declaredCharset(start) ?? 'utf-8'
  try {
    return new TextDecoder(encoding)
  } catch {
    return new TextDecoder()
  }
}
