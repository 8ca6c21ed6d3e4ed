/** Files that are text, in the forms that programs give them. */
import type { Article, Author } from './article.ts'
import type { Chance } from './chance.ts'
import { escapeXml } from './escape-xml.ts'

/** Makes the contents of one file. */
export type FileMaker = (author: Author, chance: Chance) => string | Uint8Array

export const markdown: FileMaker = (author, chance) => {
  const { title, paragraphs } = author.write()
  const front = chance.is(0.3) ? `---\ntitle: "${title}"\ndate: 2024-0${1 + chance.below(9)}-11\n---\n\n` : ''
  const body = paragraphs.map((text, i) => (i % 4 === 3 ? `## Part ${i}\n\n${text}` : text))
  return `${front}# ${title}\n\n${body.join('\n\n')}\n`
}

export const plainText: FileMaker = (author, chance) => {
  const { title, paragraphs } = author.write()
  const text = `${title}\n\n${paragraphs.join('\n\n')}\n`
  const kind = chance.next()
  if (kind < 0.08) return Buffer.from(`\uFEFF${text}`, 'utf16le')
  if (kind < 0.2) return windows1252(`${text}\nCafé, Straße, señor, très élégant.\n`)
  if (kind < 0.26)
    return windows1251(`${text}\nСмотритель маяка поднимался на башню каждый вечер и зажигал огонь.\n`)
  return text
}

export const html: FileMaker = author => {
  const { title, paragraphs } = author.write()
  const head = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escapeXml(title)}</title></head>`
  const menu = '<nav><ul><li><a href="/">Home</a></li><li><a href="/all">All</a></li></ul></nav>'
  const body = paragraphs.map(text => `<p>${escapeXml(text)}</p>`).join('\n')
  return `${head}<body>${menu}<main><h1>${escapeXml(title)}</h1>\n${body}\n</main><footer>Imprint</footer></body></html>`
}

export const csv: FileMaker = author => {
  const { paragraphs } = author.write(4)
  const rows = paragraphs.map(
    (text, i) => `${i + 1},2024-03-${String(1 + (i % 28)).padStart(2, '0')},${quoted(text)}`,
  )
  return `number,date,note\n${rows.join('\r\n')}\n`
}

export const json: FileMaker = author => {
  const { title, paragraphs } = author.write(2)
  return JSON.stringify({ title, notes: paragraphs.map((text, number) => ({ number, text })) }, undefined, 1)
}

export const jsonLines: FileMaker = author =>
  author
    .write(4)
    .paragraphs.map((text, number) => JSON.stringify({ number, text }))
    .join('\n')

export const eml: FileMaker = (author, chance) => message(author.write(), chance)

export const mbox: FileMaker = (author, chance) =>
  Array.from({ length: 2 + chance.below(6) }, () => {
    const text = message(author.write(), chance).replace(/^From /gm, '>From ')
    return `From writer@example.org Tue Mar 05 09:30:00 2024\n${text}\n`
  }).join('\n')

export const code: FileMaker = (author, chance) => {
  const { title, paragraphs } = author.write()
  const name =
    title
      .toLowerCase()
      .replace(/[^a-z]+/g, '_')
      .replaceAll(/^_+|_+$/g, '') || 'untitled'
  const functions = paragraphs.map((text, i) => {
    const lines = (text.match(/.{1,90}(?:\s|$)/g) ?? [text]).map(line => `// ${line.trim()}`)
    return `${lines.join('\n')}\nexport function ${name}${i}(value: number): number {\n  return value * ${chance.below(99)}\n}\n`
  })
  return functions.join('\n')
}

export const notebook: FileMaker = author => {
  const { title, paragraphs } = author.write()
  const cells = paragraphs.map((text, i) =>
    i % 3 === 2
      ? { cell_type: 'code', execution_count: i, metadata: {}, outputs: [], source: [`# ${text}\n`, 'run()'] }
      : { cell_type: 'markdown', metadata: {}, source: [`# ${title}\n`, '\n', text] },
  )
  return JSON.stringify({ cells, metadata: {}, nbformat: 4, nbformat_minor: 5 })
}

export const subtitles: FileMaker = author => {
  const sentences = author.write().paragraphs.flatMap(text => text.split(/(?<=[.!?]) /))
  return sentences
    .map((text, i) => `${i + 1}\n${clock(3 * i)},000 --> ${clock(3 * i + 2)},500\n${text}\n`)
    .join('\n')
}

function message({ title, paragraphs }: Article, chance: Chance): string {
  const day = String(1 + chance.below(28)).padStart(2, '0')
  const head = [
    'From: Ada Turm <ada@example.org>',
    'To: Bruno Glocke <bruno@example.org>',
    `Subject: =?utf-8?B?${Buffer.from(title).toString('base64')}?=`,
    `Date: Tue, ${day} Mar 2024 09:30:00 +0100`,
    'MIME-Version: 1.0',
  ]
  const text = paragraphs.join('\n\n')
  if (chance.is(0.5)) {
    return [
      ...head,
      'Content-Type: text/plain; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      '',
      text,
    ].join('\n')
  }
  const body = Buffer.from(text).toString('base64').replaceAll(/.{76}/g, '$&\n')
  return [
    ...head,
    'Content-Type: text/plain; charset=utf-8',
    'Content-Transfer-Encoding: base64',
    '',
    body,
  ].join('\n')
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`
}

function clock(seconds: number): string {
  return new Date(seconds * 1000).toISOString().slice(11, 19)
}

/** What it cannot say becomes a question mark. */
function windows1252(text: string): Uint8Array {
  return Uint8Array.from(text, character => codeOf(character, code => (code < 256 ? code : undefined)))
}

function windows1251(text: string): Uint8Array {
  return Uint8Array.from(text, character =>
    codeOf(character, code =>
      code < 128 ? code : code >= 0x410 && code <= 0x44f ? code - 0x350 : undefined,
    ),
  )
}

function codeOf(character: string, map: (code: number) => number | undefined): number {
  return map(character.codePointAt(0) ?? 63) ?? 63
}
