/** Finds and reads retrieval sets in BEIR's layout below a folder. */
import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parseEvaluationSet } from '../src/core/evaluation/beir.ts'
import type { EvaluationSet, SetPart } from '../src/core/evaluation/beir.ts'
import { oneOf, SET_FILES } from '../src/core/evaluation/set-files.ts'

/** The folder itself when it is a set, else its folders, by name. @throws Error naming what is missing or broken. */
export async function readSets(folder: string): Promise<EvaluationSet[]> {
  if (!existsSync(folder)) throw new Error(`expected a folder of evaluation sets, ${folder} does not exist`)
  if (existsSync(join(folder, 'queries.jsonl')))
    return [await readSet(folder, folder.split('/').at(-1) ?? folder)]
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter(entry => entry.isDirectory()).map(entry => entry.name)
  if (names.length === 0)
    throw new Error(`expected a folder for each evaluation set in ${folder}, found none`)
  const sets: EvaluationSet[] = []
  for (const name of names.toSorted()) sets.push(await readSet(join(folder, name), name))
  return sets
}

async function readSet(folder: string, name: string): Promise<EvaluationSet> {
  const corpus = await readFirst(folder, 'corpus')
  const queries = await readFirst(folder, 'queries')
  const qrels = await readFirst(folder, 'qrels')
  return parseEvaluationSet({ name, corpus, queries, qrels })
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
