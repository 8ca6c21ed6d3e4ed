/** The formats of data, code and pictures' words with a small file of each, for tests and for the long form of the fuzzing. */
import { readFileSync } from 'node:fs'
import type { ExtractedDocument } from '../../core/ports/extractor.ts'
import type { SourceFile } from '../../core/ports/files.ts'
import { sourceFile } from '../extractor.suite.ts'
import type { Reading } from '../reading.ts'
import { readMarkdown } from '../markdown-extractor.ts'
import { allOf } from './all-of.suite.ts'
import { readCalendar, readContacts } from './read-cards.ts'
import { readCode } from './read-code.ts'
import { readBib, readPo } from './read-entries.ts'
import { readImageWords } from './read-image-words.ts'
import { readJsonLines } from './read-json-lines.ts'
import { readJson } from './read-json.ts'
import { readOrg, readRst, readTex } from './read-markup.ts'
import { readNotebook } from './read-notebook.ts'
import { readIni, readYaml } from './read-settings.ts'
import { readSubtitles } from './read-subtitles.ts'
import { readSvg } from './read-svg.ts'
import { readTable } from './read-table.ts'
import { readXmlText } from './read-xml-text.ts'

export interface DataFixture {
  readonly name: string
  readonly fixture: Uint8Array<ArrayBuffer>
  read(bytes: Uint8Array<ArrayBuffer>): Promise<Reading>
}

type Bytes = Uint8Array<ArrayBuffer>

const image = (bytes: Bytes) => readImageWords(new Blob([bytes]))
const text = (read: (source: string) => Reading) => async (bytes: Bytes) =>
  read(new TextDecoder().decode(bytes))
/** The documents of a file as one reading. */
const rows =
  (name: string, read: (file: SourceFile) => AsyncIterable<ExtractedDocument>) => async (bytes: Bytes) => {
    const documents = await allOf(read(sourceFile(name, bytes)))
    const missing = documents.flatMap(document => document.missing ?? [])
    const blocks = documents.flatMap(document => document.text.split('\n\n')).map(part => ({ text: part }))
    return { title: documents[0]?.title, blocks, ...(missing.length === 0 ? {} : { missing }) }
  }

const READERS: Readonly<Record<string, DataFixture['read']>> = {
  'belfry.jpg': image,
  'pier.png': image,
  'pier.webp': image,
  'pier.tiff': image,
  'towers.csv': rows('towers.csv', readTable),
  'towers.jsonl': rows('towers.jsonl', readJsonLines),
  'towers.json': rows('towers.json', readJson),
  'notes.md': text(readMarkdown),
  'ring.py': text(source => readCode(source, 'ring.py')),
  'bells.ipynb': text(readNotebook),
  'tour.srt': text(readSubtitles),
  'tour.vtt': text(readSubtitles),
  'tour.ass': text(readSubtitles),
  'ringing.ics': text(readCalendar),
  'ringers.vcf': text(readContacts),
  'towers.bib': text(readBib),
  'belfry.po': text(readPo),
  'notes.org': text(readOrg),
  'notes.rst': text(readRst),
  'notes.tex': text(readTex),
  'ring.yaml': text(readYaml),
  'ring.toml': text(readIni),
  'feed.xml': text(readXmlText),
  'plan.svg': text(readSvg),
}

export const dataFixtures: readonly DataFixture[] = Object.entries(READERS).map(([name, read]) => ({
  name,
  read,
  fixture: new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url))),
}))
