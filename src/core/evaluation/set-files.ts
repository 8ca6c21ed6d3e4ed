/** Which of many files make up a retrieval set in BEIR's layout. */
import type { SetPart } from './beir.ts'

/** Names of each part, the first that is there counts. BEIR itself keeps the judgements one level deeper. */
export const SET_FILES: Readonly<Record<SetPart, readonly string[]>> = {
  corpus: ['corpus.jsonl', 'corpus.jsonl.gz'],
  queries: ['queries.jsonl', 'queries.jsonl.gz'],
  qrels: ['qrels.tsv', 'qrels/test.tsv', 'test.tsv'],
}

export interface SetFiles {
  /** Of the folder that holds the set. */
  readonly name: string
  readonly paths: Readonly<Record<SetPart, string>>
}

/**
 * Finds the one set among the paths of files that were chosen or dropped, with `/` between folders.
 * @throws Error saying what was expected and what came.
 */
export function chooseSetFiles(paths: readonly string[]): SetFiles {
  const folders = new Set(paths.filter(isCorpus).map(folderOf))
  const [folder] = folders
  if (folder === undefined) throw new Error(`expected ${oneOf('corpus')}, ${whatCame(paths)}`)
  if (folders.size > 1) {
    throw new Error(`expected one set at a time, got ${[...folders].map(shown).toSorted().join(' and ')}`)
  }
  const there = new Set(paths)
  const find = (part: SetPart): string => {
    const path = SET_FILES[part].map(name => folder + name).find(candidate => there.has(candidate))
    if (path !== undefined) return path
    const beside = paths.filter(candidate => candidate.startsWith(folder))
    throw new Error(`expected ${oneOf(part)} beside ${folder}corpus.jsonl, ${whatCame(beside)}`)
  }
  return {
    name: folder.split('/').at(-2) ?? 'your set',
    paths: { corpus: find('corpus'), queries: find('queries'), qrels: find('qrels') },
  }
}

/** "a, b or c" */
export function oneOf(part: SetPart): string {
  const names = SET_FILES[part]
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`
}

function isCorpus(path: string): boolean {
  return SET_FILES.corpus.includes(path.slice(folderOf(path).length))
}

/** With its `/`; empty for a file without one. */
function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1)
}

function shown(folder: string): string {
  return folder === '' ? 'files without a folder' : folder
}

function whatCame(paths: readonly string[]): string {
  if (paths.length === 0) return 'got no files'
  const more = paths.length > 4 ? ` and ${paths.length - 4} more` : ''
  return `got ${paths.slice(0, 4).join(', ')}${more}`
}
