/**
 * Writes a folder of mixed files to measure with, the same texts for the same seed:
 *   npx tsx tools/make-mixed-folder.ts --out DIR [--files 10000] [--seed 1] [--text ../shared/data/text] [--pdfs 800]
 * DIR/../mixed.json lists them: path, kind, what is to become of it, and the invented words that no other file tells.
 *
 * Needs LibreOffice, pandoc, qpdf and poppler. PDFs, RTF and the models of everything else are their work. So that ten
 * thousand files do not take an hour, the office documents and books are some of these models with other text in their
 * XML, and most PDFs are pages of one printed document that qpdf took apart.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createAuthor } from './mixed/article.ts'
import { createChance } from './mixed/chance.ts'
import { type MixedFile, mixFiles } from './mixed/mix-files.ts'
import { lockPdf, officeMakers, printPdfs, removeWork } from './mixed/real-programs.ts'
import { textsBelow } from './mixed/text-source.ts'

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    files: { type: 'string', default: '10000' },
    seed: { type: 'string', default: '1' },
    text: { type: 'string', default: '../shared/data/text' },
    pdfs: { type: 'string', default: '800' },
  },
})
if (values.out === undefined) throw new Error('expected --out DIR, the folder to write into; got none')
const out = resolve(values.out)
const work = join(dirname(out), 'work')
const seed = wholeNumber('seed')
const texts = textsBelow(values.text)

const makers = await officeMakers(join(work, 'office'))
const author = createAuthor(texts, createChance(seed + 1))
const printed = printPdfs(
  join(work, 'pdf'),
  Array.from({ length: wholeNumber('pdfs') }, () => author.write()),
)
const [first] = printed
if (first === undefined) throw new Error('expected printed pages, got none')
const lockedPdf = join(work, 'locked.pdf')
lockPdf(first.path, lockedPdf)
let printedSoFar = 0
const mix = {
  count: wholeNumber('files'),
  seed,
  texts,
  makers,
  nextPdf() {
    const pdf = printed[printedSoFar++]
    return pdf && { bytes: readFileSync(pdf.path), words: pdf.words }
  },
  locked: [{ name: 'locked.pdf', bytes: readFileSync(lockedPdf) }],
  firstWord: wholeNumber('pdfs'),
}

const files: MixedFile[] = []
let written = 0
for (const { bytes, ...file } of mixFiles(mix)) {
  const path = join(out, file.path)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, bytes)
  written += bytes.length
  files.push(file)
}
writeFileSync(join(dirname(out), 'mixed.json'), JSON.stringify(files))
removeWork(work)
const kinds = new Map<string, number>()
for (const { kind } of files) kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
const counts = Array.from(kinds, ([kind, count]) => `${count} ${kind}`).join(', ')
console.log(`${files.length} files, ${(written / 1e6).toFixed(1)} MB: ${counts}`)

function wholeNumber(name: 'files' | 'seed' | 'pdfs'): number {
  const number = Number(values[name])
  if (Number.isInteger(number) && number > 0) return number
  throw new Error(`expected a whole number above 0 for --${name}, got ${JSON.stringify(values[name])}`)
}
