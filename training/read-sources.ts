/** Reads the training data: files of pairs, and files of paragraphs. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'

export interface Pair {
  readonly query: string
  readonly positive: string
  /** A text that is no answer. */
  readonly negative?: string
}

export interface Source<T> {
  readonly name: string
  readonly items: readonly T[]
}

/** Every `NAME.jsonl.gz` of a folder, by name. */
export async function readPairs(folder: string): Promise<Source<Pair>[]> {
  return readEach(folder, '.jsonl.gz', line => {
    const row: unknown = JSON.parse(line)
    if (!isPair(row))
      throw new Error(`expected texts as query, positive and perhaps negative, got ${line.slice(0, 80)}`)
    const { query, positive, negative } = row
    return negative === undefined ? { query, positive } : { query, positive, negative }
  })
}

/** Every `NAME.txt.gz` of a folder, by name; a line is a paragraph. */
export async function readParagraphs(folder: string): Promise<Source<string>[]> {
  return readEach(folder, '.txt.gz', line => line)
}

async function readEach<T>(folder: string, ending: string, parse: (line: string) => T): Promise<Source<T>[]> {
  const files = (await readdir(folder)).filter(file => file.endsWith(ending)).toSorted()
  if (files.length === 0) throw new Error(`expected files *${ending} in ${folder}, found none`)
  const sources: Source<T>[] = []
  for (const file of files) {
    const text = gunzipSync(await readFile(join(folder, file))).toString('utf8')
    const lines = text.split('\n').filter(line => line.trim() !== '')
    sources.push({ name: file.slice(0, -ending.length), items: lines.map(parse) })
  }
  return sources
}

function isPair(row: unknown): row is Pair {
  if (typeof row !== 'object' || row === null) return false
  const { query, positive, negative } = row as Readonly<Record<string, unknown>>
  if (negative !== undefined && typeof negative !== 'string') return false
  return typeof query === 'string' && typeof positive === 'string'
}
