/** Finds and reads evaluation sets below a folder: retrieval in BEIR's layout, similarity as `pairs.tsv`. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseEvaluationSet } from '../src/core/evaluation/beir.ts'
import type { EvaluationSet, SetPart } from '../src/core/evaluation/beir.ts'
import { oneOf, SET_FILES } from '../src/core/evaluation/set-files.ts'
import { parseSimilaritySet } from '../src/core/evaluation/similarity.ts'
import type { SimilaritySet } from '../src/core/evaluation/similarity.ts'

const PAIRS = 'pairs.tsv'

export interface EvaluationSets {
  readonly retrieval: readonly EvaluationSet[]
  readonly similarity: readonly SimilaritySet[]
}

/** The folder itself when it is a set, else its folders, by name. @throws Error naming what is missing or broken. */
export async function readSets(folder: string): Promise<EvaluationSets> {
  if (!existsSync(folder)) throw new Error(`expected a folder of evaluation sets, ${folder} does not exist`)
  const folders = await foldersOfSets(folder)
  if (folders.length === 0)
    throw new Error(`expected a folder for each evaluation set in ${folder}, found none`)
  const retrieval: EvaluationSet[] = []
  const similarity: SimilaritySet[] = []
  for (const path of folders) {
    if (existsSync(join(path, PAIRS))) similarity.push(await readPairs(path))
    else retrieval.push(await readSet(path))
  }
  return { retrieval, similarity }
}

async function foldersOfSets(folder: string): Promise<string[]> {
  const isSet = [PAIRS, ...SET_FILES.queries].some(name => existsSync(join(folder, name)))
  if (isSet) return [folder]
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  return names.toSorted().map(name => join(folder, name))
}

async function readPairs(folder: string): Promise<SimilaritySet> {
  return parseSimilaritySet(nameOf(folder), await readFile(join(folder, PAIRS), 'utf8'))
}

async function readSet(folder: string): Promise<EvaluationSet> {
  const corpus = await readFirst(folder, 'corpus')
  const queries = await readFirst(folder, 'queries')
  const qrels = await readFirst(folder, 'qrels')
  return parseEvaluationSet({ name: nameOf(folder), corpus, queries, qrels })
}

async function readFirst(folder: string, part: SetPart): Promise<string> {
  const name = SET_FILES[part].find(name => existsSync(join(folder, name)))
  if (name === undefined) throw new Error(`expected ${oneOf(part)} in ${folder}, found none`)
  const bytes = await readFile(join(folder, name))
  if (!name.endsWith('.gz')) return bytes.toString('utf8')
  try {
    return gunzipSync(bytes).toString('utf8')
  } catch (error) {
    throw new Error(`${join(folder, name)} cannot be unpacked`, { cause: error })
  }
}

function nameOf(folder: string): string {
  return basename(resolve(folder))
}
