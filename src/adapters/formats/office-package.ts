import { failure } from '../../core/errors.ts'
import type { Reading } from '../reading.ts'
import { readXmlTree } from './read-xml.ts'
import { attributeOf, childrenOf, textOf, type XmlElement } from './xml-element.ts'
import type { ZipArchive } from './zip-archive.ts'

/** What an office file says of itself. */
export type Properties = Pick<Reading, 'title' | 'authors' | 'writtenAt'>

/** Links from one part of an Office Open XML file to others (ECMA-376, part 2), by their id. */
export type Relationships = ReadonlyMap<string, Relationship>

export interface Relationship {
  /** The last word of the type's address, which is the same in both editions of the standard: `styles`. */
  readonly type: string
  readonly path: string
}

/** A part as XML, names without prefixes; `undefined` when the file has no such part. */
export async function partTree(
  archive: ZipArchive,
  path: string | undefined,
): Promise<XmlElement | undefined> {
  const entry = path === undefined ? undefined : archive.entry(path)
  return entry === undefined ? undefined : readXmlTree(archive.stream(entry))
}

/** The bytes of a part that there is no document without. @throws UnreadableFile when it is not there. */
export function partStream(archive: ZipArchive, path: string): AsyncGenerator<Uint8Array> {
  const entry = archive.entry(path)
  if (entry !== undefined) return archive.stream(entry)
  throw failure('UnreadableFile', `The file is damaged: its part \`${path}\` is missing.`)
}

/** Of a part; of the whole file when the path is empty. Links to places outside the file are left out. */
export async function relationshipsOf(archive: ZipArchive, path: string): Promise<Relationships> {
  const [, folder = '', name = ''] = /^(.*\/)?([^/]*)$/.exec(path) ?? []
  const tree = await partTree(archive, `${folder}_rels/${name}.rels`)
  const found = new Map<string, Relationship>()
  for (const link of childrenOf(tree, 'Relationship')) {
    const target = attributeOf(link, 'Target')
    if (target === undefined || attributeOf(link, 'TargetMode') === 'External') continue
    const type = attributeOf(link, 'Type')?.split('/').at(-1) ?? ''
    found.set(attributeOf(link, 'Id') ?? '', { type, path: resolvePath(folder, target) })
  }
  return found
}

/** The first part that is linked to in this way. */
export function pathOfType(links: Relationships, type: string): string | undefined {
  return [...links.values()].find(link => link.type === type)?.path
}

/** `../media/a.png` from `ppt/slides/` is `ppt/media/a.png`; a target with a leading `/` is from the top. */
export function resolvePath(folder: string, target: string): string {
  const names: string[] = target.startsWith('/') ? [] : folder.split('/')
  for (const name of target.split('/')) {
    if (name === '..') {
      if (names.at(-1) === '') names.pop()
      names.pop()
    } else if (name !== '.') names.push(name)
  }
  return names.filter(name => name !== '').join('/')
}

/** Of Office Open XML. The date is that of the last change: files are often made from others, years before. */
export async function coreProperties(archive: ZipArchive): Promise<Properties> {
  const path = pathOfType(await relationshipsOf(archive, ''), 'core-properties')
  const tree = await partTree(archive, path ?? 'docProps/core.xml')
  const field = (name: string) => textOf(childrenOf(tree, name)[0]).trim()
  const authors = field('creator').split(';')
  return properties(field('title'), authors, field('modified') || field('created'))
}

/** Empty fields left out. `date` as ISO 8601 has it; one without a zone is taken for UTC. */
export function properties(title: string, authors: readonly string[], date: string): Properties {
  const named = authors.map(author => author.trim()).filter(author => author !== '')
  const writtenAt = dateOf(date)
  return {
    title: title.trim() || undefined,
    ...(named.length > 0 && { authors: named }),
    ...(writtenAt !== undefined && { writtenAt }),
  }
}

function dateOf(text: string): number | undefined {
  const [, day, time = '00:00:00', zone = 'Z'] =
    /^(\d{4}(?:-\d{2}){0,2})(?:T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(Z|[+-]\d{2}:\d{2})?)?$/.exec(
      text.trim(),
    ) ?? []
  if (day === undefined) return undefined
  const full = `${day}-01-01`.slice(0, 10)
  const at = Date.parse(`${full}T${time}${zone}`)
  return Number.isNaN(at) ? undefined : at
}

/** What of an Office Open XML file is never read, as a sentence. */
export function embeddedSentence(archive: ZipArchive): string | undefined {
  const count = archive.entries.filter(({ path }) => /(?:^|\/)embeddings\/[^/]+$/.test(path)).length
  if (count === 0) return undefined
  return count === 1 ? 'A file embedded in it was not read.' : `${count} files embedded in it were not read.`
}
