/** `npm run bench:mixed`: what adding a great deal is like; see `--help`. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { parseArgs } from 'node:util'
import { messageOf } from '../src/core/errors.ts'
import type { MixedFile } from '../tools/mixed/mix-files.ts'
import { writeLongText, writeTinyFiles } from '../tools/mixed/long-and-many.ts'
import { generatedTexts, textsBelow, type TextSource } from '../tools/mixed/text-source.ts'
import { browserVersion } from './browser/browser-version.ts'
import { onMachine } from './machine.ts'
import { checkIngest } from './mixed/check-ingest.ts'
import { measureIngest } from './mixed/measure-ingest.ts'
import { measureExtraction, measureStages } from './mixed/measure-stages.ts'
import type { MixedResults } from './mixed/mixed-results.ts'
import { writeMixedDocs } from './mixed/write-mixed-docs.ts'

const HELP = `npm run bench:mixed -- [options], after npm run build

Adds a great deal to the built page in headless Chromium, and measures. Keeps all numbers in run/bench/results/mixed.json.

  --only LIST     of folder, stages, markdown, gigabyte, tiny, kills; all of them unless said, and none for an empty list
  --files N       mixed files in the folder: 10000 unless said. Making it takes LibreOffice, pandoc, qpdf and poppler
  --kills N       of the tab, its worker or the browser while its first 2000 files are added: 20 unless said
  --seed N        1 unless said
  --text DIR      texts (*.txt.gz); ../shared/data/text unless said, generated text without it
  --patience N    seconds after which what is still added is cancelled: 280 unless said
  --write-docs    also puts what was kept into docs/benchmarks.md
  --help          says this`

const SECTIONS = ['folder', 'stages', 'markdown', 'gigabyte', 'tiny', 'kills'] as const
const QUERY = 'a parcel behind the third door'
const KEPT = 'run/bench/results/mixed.json'
const GIGABYTE = 2 ** 30
const TINY = 100_000
/** Documents of a long text after which its memory is known: some 160 MB. */
const ENOUGH = 80

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: SECTIONS.join(',') },
    files: { type: 'string', default: '10000' },
    kills: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    text: { type: 'string', default: '../shared/data/text' },
    patience: { type: 'string', default: '280' },
    'write-docs': { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
})

const seed = Number(values.seed)
const patience = Number(values.patience)
const data = join('run/bench/mixed', `${values.files}-${seed}`)

function say(line: string): void {
  console.error(line)
}

async function measure(section: string): Promise<Partial<MixedResults>> {
  const browser = await browserVersion()
  switch (section) {
    case 'folder': {
      const paths = [folder()]
      const files = JSON.parse(readFileSync(join(data, 'mixed.json'), 'utf8')) as MixedFile[]
      return {
        folder: await onMachine(browser, async () =>
          checkIngest(await measureIngest({ paths, query: QUERY, patience, say }), files),
        ),
      }
    }
    case 'stages':
      return { stages: await onMachine(browser, () => measureStages(folder())) }
    case 'markdown': {
      const out = make('markdown', path =>
        run('node', ['tools/make-collection.mjs', '--out', path, '--files', '1000', '--seed', `${seed}`]),
      )
      const asked = { paths: [out], query: 'keep the archive', patience, say }
      return {
        markdown: await onMachine(browser, async () => checkIngest(await measureIngest(asked), undefined)),
      }
    }
    case 'gigabyte': {
      const path = make('long.txt', long => writeLongText(long, GIGABYTE, seed, textsOf(values.text)))
      const asked = { paths: [path], query: QUERY, patience, documents: ENOUGH, say }
      return {
        extraction: await onMachine(browser, () => measureExtraction(path)),
        gigabyte: await onMachine(browser, async () => checkIngest(await measureIngest(asked), undefined)),
      }
    }
    case 'tiny': {
      const out = make('tiny', path => writeTinyFiles(path, TINY))
      const asked = { paths: [out], query: QUERY, patience, say }
      return {
        tiny: await onMachine(browser, async () => checkIngest(await measureIngest(asked), undefined)),
      }
    }
    case 'kills': {
      const report = join(data, 'kills.json')
      const args = ['tsx', 'e2e/kills/mixed.ts', '--data', data, '--kills', values.kills, '--seed', `${seed}`]
      folder()
      run('npx', [...args, '--json', report])
      return { kills: JSON.parse(readFileSync(report, 'utf8')) as NonNullable<MixedResults['kills']> }
    }
    default:
      throw new Error(`expected ${SECTIONS.join(', ')} for --only, got ${JSON.stringify(section)}`)
  }
}

function textsOf(path: string): TextSource {
  return existsSync(path) ? textsBelow(path) : generatedTexts(seed)
}

/** Made once, and the same for the same seed. */
function folder(): string {
  const out = join(data, 'folder')
  if (!existsSync(join(data, 'mixed.json'))) {
    const args = ['--out', out, '--files', values.files, '--seed', `${seed}`, '--text', values.text]
    run('npx', ['tsx', 'tools/make-mixed-folder.ts', ...args])
  }
  return out
}

function make(name: string, write: (path: string) => void): string {
  const path = join('run/bench/mixed', `${name}-${seed}`)
  const out = name.includes('.') ? join('run/bench/mixed', `${seed}-${name}`) : join(path, 'documents')
  if (existsSync(out)) return out
  mkdirSync(dirname(out), { recursive: true })
  write(out)
  return out
}

function run(program: string, args: readonly string[]): void {
  const { status } = spawnSync(program, args, { stdio: 'inherit' })
  if (status !== 0) throw new Error(`expected ${program} ${args.join(' ')} to work, got exit code ${status}`)
}

try {
  if (values.help) console.log(HELP)
  else {
    let kept: MixedResults = existsSync(KEPT) ? (JSON.parse(readFileSync(KEPT, 'utf8')) as MixedResults) : {}
    for (const section of values.only.split(',').filter(name => name !== '')) {
      kept = { ...kept, ...(await measure(section)) }
      mkdirSync(dirname(KEPT), { recursive: true })
      writeFileSync(KEPT, `${JSON.stringify(kept, undefined, 1)}\n`)
      say(`${section}: kept in ${KEPT}`)
    }
    if (values['write-docs']) writeMixedDocs(kept)
  }
} catch (error) {
  console.error(messageOf(error))
  process.exitCode = 1
}
