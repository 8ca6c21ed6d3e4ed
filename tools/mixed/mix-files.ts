/** A folder as people have it: many kinds, copies, and what cannot be read. */
import { makeZip } from '../fixtures/make-zip.ts'
import { type Author, createAuthor } from './article.ts'
import { type Chance, createChance } from './chance.ts'
import {
  code,
  csv,
  eml,
  type FileMaker,
  html,
  json,
  jsonLines,
  markdown,
  mbox,
  notebook,
  plainText,
  subtitles,
} from './text-files.ts'
import type { TextSource } from './text-source.ts'

/** A file, and what is to become of it. */
export interface MixedFile {
  /** Below the folder. */
  readonly path: string
  readonly kind: string
  /** `copy` has the same bytes as another; `any`: it is broken, and some of it may be read all the same. */
  readonly expected: 'kept' | 'copy' | 'refused' | 'any'
  /** Planted words, each of which is in one document; those of a copy are the ones of its original. */
  readonly words: readonly string[]
}

export interface WrittenFile extends MixedFile {
  readonly bytes: string | Uint8Array
}

export const TEXT_MAKERS: Readonly<Record<string, FileMaker>> = {
  md: markdown,
  txt: plainText,
  html,
  csv,
  json,
  jsonl: jsonLines,
  eml,
  mbox,
  ts: code,
  ipynb: notebook,
  srt: subtitles,
}

/** Of a hundred files; what nobody can make is left out. */
const SHARES: Readonly<Record<string, number>> = {
  md: 15,
  txt: 13,
  html: 9,
  pdf: 8,
  docx: 8,
  ts: 8,
  eml: 7,
  csv: 3,
  json: 3,
  jsonl: 2,
  xlsx: 4,
  pptx: 3,
  odt: 2.5,
  ods: 1,
  odp: 1,
  epub: 1,
  rtf: 1.5,
  ipynb: 1.5,
  srt: 1.5,
  mbox: 0.5,
  zip: 1.5,
  copy: 3,
  empty: 0.5,
  locked: 0.5,
  broken: 1.5,
  foreign: 0.5,
}

export interface Mix {
  readonly count: number
  readonly seed: number
  readonly texts: TextSource
  /** Of the kinds that programs make, beside those that are text. */
  readonly makers: Readonly<Record<string, FileMaker>>
  /** PDFs in turn, with the words in them; no PDFs without. */
  readonly nextPdf?: () => { readonly bytes: Uint8Array; readonly words: readonly string[] } | undefined
  /** Bytes of files that open only with a password. */
  readonly locked: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  /** Number of the first planted word; smaller ones are taken. */
  readonly firstWord?: number
}

interface Made {
  readonly bytes: string | Uint8Array
  readonly extension: string
  readonly expected: MixedFile['expected']
  readonly words: readonly string[]
}

/** The same files for the same seed. */
export function* mixFiles(mix: Mix): Generator<WrittenFile> {
  const chance = createChance(mix.seed)
  const author = createAuthor(mix.texts, chance, mix.firstWord)
  const originals: WrittenFile[] = []
  for (let i = 0; i < mix.count; i++) {
    const kind = pickKind(chance, mix, originals.length)
    const { extension, ...made } = makeOne(kind, mix, author, chance, originals)
    const path = `${chance.pick(FOLDERS)}/${String(i).padStart(6, '0')}-file.${extension}`
    const file = { path, kind, ...made }
    if (made.expected === 'kept') originals.push(file)
    // A few hundred are enough to copy from.
    if (originals.length > 300) originals.splice(chance.below(300), 1)
    yield file
  }
}

const FOLDERS = [
  'notes',
  'notes/2023',
  'notes/2024',
  'work',
  'work/reports',
  'mail',
  'code/src',
  'archive/old',
]

function pickKind(chance: Chance, { makers, nextPdf, locked }: Mix, originals: number): string {
  const canMake = (kind: string) => {
    if (kind === 'pdf') return nextPdf !== undefined
    if (kind === 'locked') return locked.length > 0
    if (kind === 'copy') return originals > 0
    return kind in TEXT_MAKERS || kind in makers || kind in SPECIAL
  }
  const shares = Object.entries(SHARES).filter(([kind]) => canMake(kind))
  let rest = chance.next() * shares.reduce((sum, [, share]) => sum + share, 0)
  for (const [kind, share] of shares) {
    rest -= share
    if (rest < 0) return kind
  }
  return 'md'
}

function makeOne(
  kind: string,
  mix: Mix,
  author: Author,
  chance: Chance,
  originals: readonly WrittenFile[],
): Made {
  const special = SPECIAL[kind]
  if (special !== undefined) return special(mix, author, chance)
  if (kind === 'copy') {
    const { bytes, words, path } = chance.pick(originals)
    return { bytes, words, expected: 'copy', extension: path.replace(/^.*\./, '') }
  }
  if (kind === 'locked') {
    const { name, bytes } = chance.pick(mix.locked)
    return {
      bytes: Buffer.concat([bytes]),
      words: [],
      expected: 'refused',
      extension: name.replace(/^.*\./, ''),
    }
  }
  if (kind === 'pdf') {
    const pdf = mix.nextPdf?.()
    if (pdf !== undefined) return { ...pdf, extension: 'pdf', expected: 'kept' }
  }
  const make = TEXT_MAKERS[kind] ?? mix.makers[kind] ?? markdown
  const bytes = make(author, chance)
  return { bytes, extension: kind === 'pdf' ? 'md' : kind, expected: 'kept', words: author.words() }
}

const SPECIAL: Readonly<Record<string, (mix: Mix, author: Author, chance: Chance) => Made>> = {
  zip: (mix, author, chance) => {
    const bytes = archive(mix, author, chance, chance.is(0.3) ? 2 : 1)
    return { bytes, extension: 'zip', expected: 'kept', words: author.words() }
  },
  empty: () => ({ bytes: '', extension: 'txt', expected: 'refused', words: [] }),
  broken: (mix, author, chance) => {
    const extension = chance.pick(['pdf', 'docx', 'xlsx', 'epub', 'zip', 'odt'])
    if (chance.is(0.5)) return { bytes: noise(chance), extension, expected: 'refused', words: [] }
    const whole = Buffer.from(archive(mix, author, chance, 1))
    // Its words are nobody's: what is left of it may be read or not.
    author.words()
    return { bytes: whole.subarray(0, whole.length / 2), extension: 'zip', expected: 'any', words: [] }
  },
  foreign: (_, __, chance) => {
    const [extension, head] = chance.pick([
      ['exe', 'MZ\x90'],
      ['mp3', 'ID3'],
      ['sqlite', 'SQLite format'],
    ] as const)
    const bytes = Buffer.concat([Buffer.from(head, 'latin1'), noise(chance)])
    return { bytes, extension, expected: 'refused', words: [] }
  },
}

function archive(mix: Mix, author: Author, chance: Chance, depth: number): Uint8Array {
  const makers = Object.entries({ ...TEXT_MAKERS, ...mix.makers })
  const files = Array.from({ length: 2 + chance.below(5) }, (_, i) => {
    const [extension, make] = chance.pick(makers)
    return { name: `inside/${i}-${chance.below(1e6)}.${extension}`, content: make(author, chance) }
  })
  if (depth === 1) return makeZip(files)
  return makeZip([...files, { name: 'inner.zip', content: archive(mix, author, chance, depth - 1) }])
}

/** Control characters are among them, so that nobody takes it for text. */
function noise(chance: Chance): Buffer {
  return Buffer.from(Uint8Array.from({ length: 2000 + chance.below(4000) }, () => chance.below(256)))
}
