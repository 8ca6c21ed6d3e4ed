/**
 * Passages with their vectors, in a folder that git ignores, so that they are read by the model only once: `rows.f32`,
 * `queries.f32`, the texts in pages, and `corpus.json`, which is written last.
 */
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, readSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { truncateRows } from '../../src/core/evaluation/truncate.ts'
import type { CorpusFacts, CorpusRequest } from './corpus-facts.ts'
import { writeCorpus } from './write-corpus.ts'

export interface Corpus {
  readonly facts: CorpusFacts
  readonly dimension: number
  /** Vectors from one to before another, row-major. */
  rows(from: number, end: number): Float32Array
  queries(): Float32Array
  /** Passages of one page, `TEXTS_A_PAGE` but for the last. */
  texts(page: number): string[]
  close(): void
}

export const CACHE = 'run/bench'

/** Opens what was made before, or makes it: some minutes for a million passages. */
export async function openCorpus(request: CorpusRequest, say: (line: string) => void): Promise<Corpus> {
  const isReal = existsSync(request.text)
  const name = `${isReal ? 'text' : 'generated'}-${request.passages}-${request.seed}`
  const folder = join(CACHE, name)
  const facts = join(folder, 'corpus.json')
  if (!existsSync(facts)) {
    mkdirSync(folder, { recursive: true })
    say(`reading ${request.passages} passages of ${isReal ? request.text : 'generated text'} with the model`)
    writeFileSync(facts, JSON.stringify(await writeCorpus({ ...request, isReal, folder }, say)))
  }
  return readCorpus(folder, request.dimension)
}

function readCorpus(folder: string, wanted: number | undefined): Corpus {
  const facts = JSON.parse(readFileSync(join(folder, 'corpus.json'), 'utf8')) as CorpusFacts
  const own = facts.modelDimension
  const dimension = Math.min(wanted ?? own, own)
  const files = {
    rows: openSync(join(folder, 'rows.f32'), 'r'),
    texts: openSync(join(folder, 'texts.json'), 'r'),
  }
  const shorten = (rows: Float32Array) => (dimension === own ? rows : truncateRows(rows, own, dimension))
  return {
    facts,
    dimension,
    rows: (from, end) => shorten(floatsOf(read(files.rows, 4 * own * from, 4 * own * end))),
    queries: () => shorten(floatsOf(readFileSync(join(folder, 'queries.f32')))),
    texts(page) {
      const bytes = read(files.texts, facts.pages[page] ?? 0, facts.pages[page + 1] ?? 0)
      return JSON.parse(bytes.toString()) as string[]
    },
    close() {
      closeSync(files.rows)
      closeSync(files.texts)
    },
  }
}

function read(file: number, from: number, end: number): Buffer {
  const bytes = Buffer.alloc(end - from)
  readSync(file, bytes, 0, bytes.length, from)
  return bytes
}

function floatsOf(bytes: Buffer): Float32Array {
  return new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}
