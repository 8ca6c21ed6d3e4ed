export type XmlNode = XmlElement | string

/** Names are without their prefix where the reader was told so; those of attributes are as they stand. */
export interface XmlElement {
  readonly name: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: readonly XmlNode[]
}

export function elementsOf({ children }: XmlElement): XmlElement[] {
  return children.filter(child => typeof child !== 'string')
}

export function childrenOf(element: XmlElement | undefined, name: string): XmlElement[] {
  return element === undefined ? [] : elementsOf(element).filter(child => child.name === name)
}

/** The first child at the end of the path, going down by the first of each name. */
export function childAt(element: XmlElement | undefined, ...path: readonly string[]): XmlElement | undefined {
  return path.reduce<XmlElement | undefined>((at, name) => childrenOf(at, name)[0], element)
}

/** All of this name below, in order; not below one that was found. */
export function descendantsOf(element: XmlElement, name: string): XmlElement[] {
  return elementsOf(element).flatMap(child => (child.name === name ? [child] : descendantsOf(child, name)))
}

/** Whatever its prefix: the attribute `w:val` is `val`. */
export function attributeOf(element: XmlElement | undefined, name: string): string | undefined {
  if (element === undefined) return undefined
  const { attributes } = element
  if (Object.hasOwn(attributes, name)) return attributes[name]
  const prefixed = Object.keys(attributes).find(key => key.endsWith(`:${name}`))
  return prefixed === undefined ? undefined : attributes[prefixed]
}

/** Only those with a prefix: `r:id` where there is an `id` of another meaning. */
export function prefixedAttributeOf(element: XmlElement, name: string): string | undefined {
  const key = Object.keys(element.attributes).find(key => key.endsWith(`:${name}`))
  return key === undefined ? undefined : element.attributes[key]
}

/** All text below, as it stands. */
export function textOf(element: XmlElement | undefined): string {
  if (element === undefined) return ''
  return element.children.map(child => (typeof child === 'string' ? child : textOf(child))).join('')
}
