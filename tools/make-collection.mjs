/**
 * Writes a collection of documents to test and measure with, the same for the same seed:
 *   node tools/make-collection.mjs --out DIR [--files 500] [--bytes 5000000] [--seed 1] [--html 0.2]
 * `--html` is the share of HTML pages. In every tenth file (`--every 10`) stands one fact that no other file tells;
 * DIR/../queries.json lists them: { query, file, fact }. Prints what was written.
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { createWriter } from './collection-text.mjs'

const { values } = parseArgs({
  options: {
    out: { type: 'string' },
    files: { type: 'string', default: '500' },
    bytes: { type: 'string', default: '5000000' },
    seed: { type: 'string', default: '1' },
    html: { type: 'string', default: '0' },
    every: { type: 'string', default: '10' },
  },
})
if (values.out === undefined) throw new Error('expected --out DIR, the folder to write into; got none')
const files = numberOf('files')
const bytesEach = Math.floor(numberOf('bytes') / files)
const out = resolve(values.out)
const writer = createWriter(numberOf('seed'))
const every = numberOf('every')
const queries = []
let written = 0

for (let i = 0; i < files; i++) {
  const isHtml = writer.chance(numberOf('html'))
  const fact = i % every === 0 ? writer.fact(i / every) : undefined
  const document = writer.document(bytesEach, fact?.text)
  const file = `${document.folder}/${String(i).padStart(5, '0')}-${document.slug}.${isHtml ? 'html' : 'md'}`
  const text = isHtml ? document.toHtml() : document.toMarkdown()
  await mkdir(join(out, dirname(file)), { recursive: true })
  await writeFile(join(out, file), text)
  written += Buffer.byteLength(text)
  if (fact !== undefined) queries.push({ query: fact.query, file, fact: fact.text })
}
await writeFile(join(dirname(out), 'queries.json'), `${JSON.stringify(queries, undefined, 2)}\n`)
console.log(`${files} files, ${written} bytes, ${queries.length} queries`)

function numberOf(name) {
  const number = Number(values[name])
  if (values[name].trim() === '' || !(number >= 0)) {
    throw new Error(`expected --${name} to be a number of at least 0, got ${JSON.stringify(values[name])}`)
  }
  return number
}
