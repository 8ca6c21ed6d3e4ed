/** Documents made by the programs that people make them with: LibreOffice, pandoc, qpdf, poppler. */
import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Article } from './article.ts'
import { escapeXml } from './escape-xml.ts'
import { PLANTED_WORD } from './planted-word.ts'
import { fromTemplates, markOf, rtfTemplate, type Template, TITLE_MARK, zipTemplate } from './templates.ts'
import type { FileMaker } from './text-files.ts'

/** Templates of each kind: documents of so many paragraphs. */
const LENGTHS = [2, 3, 4, 5, 6, 8, 10, 12, 16, 20]
const NAMESPACES = ['office', 'style', 'text', 'draw', 'presentation', 'table']
  .map(
    name => `xmlns:${name}="urn:oasis:names:tc:opendocument:xmlns:${name === 'draw' ? 'drawing' : name}:1.0"`,
  )
  .join(' ')
const MORE =
  'xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'

/** Makers of documents of office programs, from templates that LibreOffice and pandoc made below `work`. */
export async function officeMakers(work: string): Promise<Record<string, FileMaker>> {
  mkdirSync(work, { recursive: true })
  for (const length of LENGTHS) writeSources(work, length)
  for (const kind of ['docx', 'odt', 'rtf'])
    convert(
      work,
      kind,
      named('text').map(name => `${name}.fodt`),
    )
  for (const kind of ['xlsx', 'ods'])
    convert(
      work,
      kind,
      named('sheet').map(name => `${name}.csv`),
    )
  for (const kind of ['pptx', 'odp'])
    convert(
      work,
      kind,
      named('talk').map(name => `${name}.fodp`),
    )
  for (const name of named('note')) {
    for (const kind of ['epub', 'docx'])
      run(work, 'pandoc', ['--standalone', `${name}.md`, '-o', `${name}.${kind}`])
  }
  const makers: Record<string, FileMaker> = { rtf: fromTemplates(rtfTemplates(work)) }
  for (const kind of ['docx', 'odt', 'xlsx', 'ods', 'pptx', 'odp', 'epub']) {
    makers[kind] = fromTemplates(await zipTemplates(work, kind))
  }
  return makers
}

/**
 * PDFs by LibreOffice, whose articles were never together: a long document that qpdf takes apart by its pages.
 * @returns Files, each with the words that poppler reads in it.
 */
export function printPdfs(work: string, articles: readonly Article[]): { path: string; words: string[] }[] {
  mkdirSync(work, { recursive: true })
  const pages = articles.map(
    ({ title, paragraphs }) =>
      `<text:h text:style-name="New" text:outline-level="1">${escapeXml(title)}</text:h>${paragraphs.map(text => `<text:p>${escapeXml(text)}</text:p>`).join('')}`,
  )
  writeFileSync(join(work, 'all.fodt'), textDocument('Printed', pages.join('')))
  convert(work, 'pdf', ['all.fodt'])
  run(work, 'qpdf', ['--split-pages', '--warning-exit-0', 'all.pdf', 'page-%d.pdf'])
  const texts = run(work, 'pdftotext', ['all.pdf', '-']).split('\f')
  const names = readdirSync(work).filter(name => /^page-\d+\.pdf$/.test(name))
  return names.toSorted().map((name, i) => ({
    path: join(work, name),
    words: (texts[i] ?? '').match(PLANTED_WORD) ?? [],
  }))
}

/** The PDF with a password, by qpdf. */
export function lockPdf(path: string, locked: string): void {
  run('.', 'qpdf', ['--encrypt', 'secret', 'secret', '256', '--', path, locked])
}

function named(start: string): string[] {
  return LENGTHS.map(length => `${start}${length}`)
}

function writeSources(work: string, length: number): void {
  const marks = Array.from({ length }, (_, i) => markOf(i + 1))
  const heading = `<text:h text:outline-level="1">${TITLE_MARK}</text:h>`
  const body = marks.map(mark => `<text:p>${mark}</text:p>`).join('')
  writeFileSync(join(work, `text${length}.fodt`), textDocument(TITLE_MARK, heading + body))
  writeFileSync(
    join(work, `sheet${length}.csv`),
    `Number,Note\n${marks.map((mark, i) => `${i},${mark}`).join('\n')}\n`,
  )
  writeFileSync(join(work, `talk${length}.fodp`), slides(marks))
  const [first, ...others] = marks
  writeFileSync(
    join(work, `note${length}.md`),
    `---\ntitle: ${TITLE_MARK}\n---\n\n${first}\n\n# Details\n\n${others.join('\n\n')}\n`,
  )
}

function textDocument(title: string, body: string): string {
  const style =
    '<style:style style:name="New" style:family="paragraph"><style:paragraph-properties fo:break-before="page"/></style:style>'
  return flat('text', title, style, `<office:text>${body}</office:text>`)
}

function slides(marks: readonly string[]): string {
  const pages = marks.map(
    (mark, i) =>
      `<draw:page draw:name="page${i}" draw:master-page-name="Master">${box('title', 1, i === 0 ? TITLE_MARK : `Point ${i}`)}${box('outline', 6, mark)}</draw:page>`,
  )
  const layout =
    '<style:page-layout style:name="PL"><style:page-layout-properties fo:page-width="28cm" fo:page-height="15.75cm"/></style:page-layout>'
  const master =
    '<office:master-styles><style:master-page style:name="Master" style:page-layout-name="PL"/></office:master-styles>'
  return flat(
    'presentation',
    TITLE_MARK,
    layout,
    `<office:presentation>${pages.join('')}</office:presentation>`,
    master,
  )
}

/** @param y Centimetres from the top */
function box(kind: string, y: number, text: string): string {
  return `<draw:frame presentation:class="${kind}" svg:x="2cm" svg:y="${y}cm" svg:width="24cm" svg:height="5cm"><draw:text-box><text:p>${text}</text:p></draw:text-box></draw:frame>`
}

function flat(kind: string, title: string, styles: string, body: string, master = ''): string {
  const meta = `<office:meta><dc:title xmlns:dc="http://purl.org/dc/elements/1.1/">${escapeXml(title)}</dc:title></office:meta>`
  const type = `office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.${kind}"`
  return `<?xml version="1.0" encoding="UTF-8"?><office:document ${NAMESPACES} ${MORE} ${type}>${meta}<office:automatic-styles>${styles}</office:automatic-styles>${master}<office:body>${body}</office:body></office:document>`
}

async function zipTemplates(work: string, kind: string): Promise<Template[]> {
  const names = readdirSync(work)
    .filter(name => name.endsWith(`.${kind}`))
    .toSorted()
  return Promise.all(names.map(name => zipTemplate(new Uint8Array(readFileSync(join(work, name))))))
}

function rtfTemplates(work: string): Template[] {
  return LENGTHS.map(length => rtfTemplate(readFileSync(join(work, `text${length}.rtf`), 'latin1')))
}

/** All of them in one start of the program, with settings of its own. */
function convert(work: string, kind: string, names: readonly string[]): void {
  const settings = `-env:UserInstallation=file://${join(work, 'settings')}`
  run(work, 'soffice', [settings, '--headless', '--convert-to', kind, '--outdir', work, ...names])
}

function run(folder: string, program: string, args: readonly string[]): string {
  return execFileSync(program, args, {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 2 ** 29,
  }).toString('utf8')
}

export function removeWork(work: string): void {
  rmSync(work, { recursive: true, force: true, maxRetries: 5 })
}
