/** Documents of real programs, in which the words that mark a place are replaced by text. */
import { createZipBudget } from '../../src/adapters/formats/zip-limits.ts'
import { openZip } from '../../src/adapters/formats/zip-archive.ts'
import { makeZip, type PackedFile } from '../fixtures/make-zip.ts'
import type { Author } from './article.ts'
import type { Chance } from './chance.ts'
import { escapeXml } from './escape-xml.ts'
import type { FileMaker } from './text-files.ts'

/** A marked place: a title, or the n-th paragraph. Words that no program splits or corrects. */
export const TITLE_MARK = 'Belfrytitlemark'
export const markOf = (paragraph: number): string => `Belfrymark${String(paragraph).padStart(2, '0')}x`

const MARK = /Belfrytitlemark|Belfrymark(\d\d)x/g

export interface Template {
  readonly marks: number
  fill(title: string, paragraphs: readonly string[]): Uint8Array
}

/** A template of a format whose file is an archive of XML. @throws Error when a mark was lost. */
export async function zipTemplate(bytes: Uint8Array<ArrayBuffer>): Promise<Template> {
  const archive = await openZip(new Blob([bytes]), createZipBudget())
  const parts: PackedFile[] = []
  for (const entry of archive.entries) {
    if (!entry.isFolder)
      parts.push({ name: entry.path, content: await archive.read(entry), stored: entry.path === 'mimetype' })
  }
  const marked = new Map(
    parts.flatMap(part => {
      const text = /\.(?:xml|xhtml|opf|ncx|rels)$/.test(String(part.name))
        ? Buffer.from(part.content).toString('utf8')
        : ''
      return text.includes('Belfry') ? [[part, text] as const] : []
    }),
  )
  return {
    marks: marksIn([...marked.values()].join('\n')),
    fill: (title, paragraphs) =>
      makeZip(
        parts.map(part => {
          const text = marked.get(part)
          return text === undefined
            ? part
            : { ...part, content: replaced(text, title, paragraphs, escapeXml) }
        }),
      ),
  }
}

export function rtfTemplate(text: string): Template {
  return {
    marks: marksIn(text),
    fill: (title, paragraphs) => Buffer.from(replaced(text, title, paragraphs, escapeRtf), 'latin1'),
  }
}

/** Files of one of these templates. */
export function fromTemplates(templates: readonly Template[]): FileMaker {
  return (author: Author, chance: Chance) => {
    const template = chance.pick(templates)
    const { title, paragraphs } = author.write()
    return template.fill(title, spread(paragraphs, template.marks))
  }
}

/** As many as there are places: what is too many stands in the last. */
function spread(paragraphs: readonly string[], places: number): string[] {
  const last = paragraphs.slice(places - 1).join(' ')
  return [...paragraphs.slice(0, places - 1), last]
}

function marksIn(text: string): number {
  const numbers = [...text.matchAll(MARK)].map(([, number]) => Number(number ?? 0))
  const most = Math.max(0, ...numbers)
  if (most === 0) throw new Error('expected a template with marked places, found none in it')
  return most
}

function replaced(
  text: string,
  title: string,
  paragraphs: readonly string[],
  escape: (text: string) => string,
): string {
  return text.replaceAll(MARK, (_, number?: string) =>
    escape(number === undefined ? title : (paragraphs[Number(number) - 1] ?? 'and so on')),
  )
}

function escapeRtf(text: string): string {
  return text
    .replaceAll(/[\\{}]/g, '\\$&')
    .replaceAll(/[^\0-\x7F]/g, unit => `\\u${((unit.charCodeAt(0) << 16) >> 16).toString()}?`)
}
