import { failure } from '../../core/errors.ts'
import { partStream, partTree, properties, resolvePath, type Properties } from './office-package.ts'
import { readXmlTree } from './read-xml.ts'
import { attributeOf, childAt, childrenOf, descendantsOf, textOf, type XmlElement } from './xml-element.ts'
import type { ZipArchive } from './zip-archive.ts'

export interface EpubPackage {
  readonly properties: Properties
  /** Paths of the chapters in reading order, each once. */
  readonly spine: readonly string[]
  /** Path of the contents, as XHTML (EPUB 3) or NCX (EPUB 2). */
  readonly contents: string | undefined
}

/** Fonts are often scrambled so that they are of no use elsewhere; that protects no text. */
const FONT_SCRAMBLING = /^http:\/\/(?:www\.idpf\.org\/2008\/embedding|ns\.adobe\.com\/pdf\/enc#RC)$/

/** @throws UnreadableFile when the package is missing or lists no chapter. */
export async function readEpubPackage(archive: ZipArchive): Promise<EpubPackage> {
  const container = await readXmlTree(partStream(archive, 'META-INF/container.xml'))
  const path = attributeOf(descendantsOf(container, 'rootfile')[0], 'full-path') ?? ''
  const tree = await readXmlTree(partStream(archive, path))
  const folder = path.slice(0, path.lastIndexOf('/') + 1)
  const items = childrenOf(childAt(tree, 'manifest'), 'item')
  const pathById = new Map(items.map(item => [attributeOf(item, 'id') ?? '', pathOf(item, folder)]))
  const spine = childAt(tree, 'spine')
  const chapters = childrenOf(spine, 'itemref').map(ref => pathById.get(attributeOf(ref, 'idref') ?? ''))
  const nav = items.find(item => attributeOf(item, 'properties')?.split(/\s/).includes('nav'))
  const ncx = items.find(item => attributeOf(item, 'media-type') === 'application/x-dtbncx+xml')
  const contents = nav ?? ncx
  const found = [...new Set(chapters.filter(chapter => chapter !== undefined))]
  if (found.length === 0) throw failure('UnreadableFile', 'The book is damaged: it lists no chapter.')
  return {
    properties: propertiesOf(childAt(tree, 'metadata')),
    spine: found,
    contents: contents === undefined ? undefined : pathOf(contents, folder),
  }
}

/** @throws UnreadableFile when a shop has locked one of `paths`. */
export async function refuseLockedEpub(archive: ZipArchive, paths: readonly string[]): Promise<void> {
  const tree = await partTree(archive, 'META-INF/encryption.xml')
  if (tree === undefined) return
  const locked = new Set<string>()
  for (const data of descendantsOf(tree, 'EncryptedData')) {
    const method = attributeOf(childAt(data, 'EncryptionMethod'), 'Algorithm') ?? ''
    if (FONT_SCRAMBLING.test(method)) continue
    for (const reference of descendantsOf(data, 'CipherReference')) {
      locked.add(resolvePath('', decoded(attributeOf(reference, 'URI') ?? '')))
    }
  }
  if (!paths.some(path => locked.has(path))) return
  throw failure(
    'UnreadableFile',
    'The book is locked by the shop that sold it (DRM): no other program can read its text.',
  )
}

/** Titles of chapters by their path; of several in one chapter, the first. */
export async function chapterTitles(
  archive: ZipArchive,
  contents: string | undefined,
): Promise<ReadonlyMap<string, string>> {
  const tree = await partTree(archive, contents)
  const titles = new Map<string, string>()
  if (tree === undefined || contents === undefined) return titles
  const folder = contents.slice(0, contents.lastIndexOf('/') + 1)
  const add = (target: string | undefined, title: string) => {
    if (target === undefined) return
    const path = resolvePath(folder, decoded(target.replace(/#.*/s, '')))
    const line = title.replace(/\s+/g, ' ').trim()
    if (line !== '' && !titles.has(path)) titles.set(path, line)
  }
  for (const point of allOf(tree, 'navPoint')) {
    add(attributeOf(childAt(point, 'content'), 'src'), textOf(childAt(point, 'navLabel')))
  }
  for (const nav of descendantsOf(tree, 'nav')) {
    // Others list landmarks and the pages of the printed book.
    if ((attributeOf(nav, 'type') ?? 'toc') !== 'toc') continue
    for (const link of descendantsOf(nav, 'a')) add(attributeOf(link, 'href'), textOf(link))
  }
  return titles
}

function propertiesOf(metadata: XmlElement | undefined): Properties {
  const field = (name: string) => childrenOf(metadata, name).map(element => textOf(element).trim())
  return properties(field('title')[0] ?? '', field('creator'), field('date')[0] ?? '')
}

function pathOf(item: XmlElement, folder: string): string {
  return resolvePath(folder, decoded(attributeOf(item, 'href') ?? ''))
}

/** All of this name, also those in each other. */
function allOf(element: XmlElement, name: string): XmlElement[] {
  return descendantsOf(element, name).flatMap(found => [found, ...allOf(found, name)])
}

/** Addresses in a book are escaped as on the web; one that is escaped wrongly is meant as it is written. */
function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}
