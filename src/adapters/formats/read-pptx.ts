import type { Reading } from '../reading.ts'
import { createBlockWriter, type BlockWriter } from './block-writer.ts'
import {
  coreProperties,
  embeddedSentence,
  partStream,
  partTree,
  pathOfType,
  relationshipsOf,
  type Relationships,
} from './office-package.ts'
import { drawnText, shapesOf } from './pptx-shapes.ts'
import { attempt, readPages } from './read-pages.ts'
import { readXmlTree } from './read-xml.ts'
import { titleOf } from './slide-title.ts'
import { childAt, childrenOf, prefixedAttributeOf } from './xml-element.ts'
import type { ZipArchive } from './zip-archive.ts'

/** Parts of a slide that are read behind it, in this order. */
const BEHIND = ['diagramData', 'chart', 'notesSlide', 'comments']

/**
 * A presentation (ECMA-376, PresentationML): a page for each slide in the order in which they are shown, hidden ones
 * included; its title as heading, texts, tables, diagrams, what pictures show, then the speaker's notes and comments. A
 * slide that is damaged is left out and said so.
 * @throws UnreadableFile when it is damaged as a whole, or no slide can be read.
 */
export async function readPptx(archive: ZipArchive): Promise<Reading> {
  const main = pathOfType(await relationshipsOf(archive, ''), 'officeDocument') ?? 'ppt/presentation.xml'
  const slides = await slidePaths(archive, main)
  const writer = createBlockWriter()
  await readPages(slides, 'Slide', writer, (path, page) => readSlide(archive, path, page, writer))
  const embedded = embeddedSentence(archive)
  if (embedded !== undefined) writer.miss(embedded)
  const properties = await attempt('Its properties', writer, () => coreProperties(archive))
  const { blocks, ...rest } = writer.finish()
  const title = properties?.title ?? blocks.find(block => block.level !== undefined)?.text
  return { ...properties, title, blocks, ...rest }
}

/** Each slide once, however often it is listed. */
async function slidePaths(archive: ZipArchive, main: string): Promise<string[]> {
  const tree = await readXmlTree(partStream(archive, main))
  const links = await relationshipsOf(archive, main)
  const ids = childrenOf(childAt(tree, 'sldIdLst'), 'sldId').map(slide => prefixedAttributeOf(slide, 'id'))
  const paths = ids.map(id => (id === undefined ? undefined : links.get(id)?.path))
  return [...new Set(paths.filter(path => path !== undefined))]
}

async function readSlide(
  archive: ZipArchive,
  path: string,
  page: number,
  writer: BlockWriter,
): Promise<void> {
  const shapes = shapesOf(await readXmlTree(partStream(archive, path)))
  const title = titleOf(shapes)
  if (title !== undefined) writer.add({ text: title.text, level: 1, page })
  for (const shape of shapes) if (shape !== title) writer.add({ text: shape.text, page })
  const behind = async () => textsBehind(archive, await relationshipsOf(archive, path))
  const texts = await attempt(`The notes of slide ${page}`, writer, behind)
  for (const text of texts ?? []) writer.add({ text, page })
}

async function textsBehind(archive: ZipArchive, links: Relationships): Promise<string[]> {
  const texts: string[] = []
  for (const type of BEHIND) {
    const paths = [...links.values()].filter(link => link.type === type).map(link => link.path)
    for (const path of new Set(paths)) {
      const tree = await partTree(archive, path)
      if (tree === undefined) continue
      if (type === 'notesSlide') texts.push(...shapesOf(tree).map(({ text }) => text))
      else texts.push(drawnText(tree))
    }
  }
  return texts
}
