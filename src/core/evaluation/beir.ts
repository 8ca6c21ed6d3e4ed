/** Retrieval sets in BEIR's layout (Thakur et al. 2021), from text to numbers. */

export interface EvaluationSet {
  readonly name: string
  /** Title, space, text; in the order of the file. */
  readonly documents: readonly string[]
  /** Judged queries only; grades by the document's place in `documents`. */
  readonly queries: readonly { readonly text: string; readonly grades: ReadonlyMap<number, number> }[]
}

export interface EvaluationFiles {
  readonly name: string
  readonly corpus: string
  readonly queries: string
  readonly qrels: string
}

/** @throws Error naming the set, the file and the line that cannot be read. */
export function parseEvaluationSet(files: EvaluationFiles): EvaluationSet {
  const corpus = parseLines(files, 'corpus')
  const places = new Map(corpus.map(({ id }, place) => [id, place]))
  const grades = parseJudgements(files, places)
  const queries = parseLines(files, 'queries').flatMap(({ id, text }) => {
    const judged = grades.get(id)
    return judged === undefined ? [] : [{ text, grades: judged }]
  })
  if (queries.length === 0) throw new Error(`${files.name}: expected at least one judged query, found none`)
  return { name: files.name, documents: corpus.map(({ text }) => text), queries }
}

interface Entry {
  readonly id: string
  readonly text: string
}

function parseLines(files: EvaluationFiles, part: 'corpus' | 'queries'): Entry[] {
  const entries: Entry[] = []
  for (const [i, line] of files[part].split('\n').entries()) {
    if (line.trim() === '') continue
    entries.push(parseEntry(line, `${files.name}/${part}.jsonl, line ${i + 1}`))
  }
  return entries
}

function parseEntry(line: string, place: string): Entry {
  let row: unknown
  try {
    row = JSON.parse(line)
  } catch {
    throw new Error(`${place}: expected a JSON object, got ${line.slice(0, 60)}`)
  }
  const { _id: id, title, text } = (row ?? {}) as Readonly<Record<string, unknown>>
  if ((typeof id !== 'string' && typeof id !== 'number') || typeof text !== 'string') {
    throw new Error(`${place}: expected _id and text, got ${line.slice(0, 60)}`)
  }
  return { id: String(id), text: `${typeof title === 'string' ? title : ''} ${text}`.trim() }
}

/** Grades by query, then by the document's place. Judgements of documents that are not there are left out. */
function parseJudgements(
  files: EvaluationFiles,
  places: ReadonlyMap<string, number>,
): Map<string, Map<number, number>> {
  const grades = new Map<string, Map<number, number>>()
  for (const [i, line] of files.qrels.split('\n').entries()) {
    if (line.trim() === '') continue
    const [query, document, score] = line.replace(/\r$/, '').split('\t')
    const grade = Number(score)
    if (query === undefined || document === undefined || Number.isNaN(grade)) {
      if (i === 0) continue
      throw new Error(
        `${files.name}/qrels.tsv, line ${i + 1}: expected query, document and score, got ${line}`,
      )
    }
    const place = places.get(document)
    if (place === undefined) continue
    const judged = grades.get(query) ?? new Map<number, number>()
    grades.set(query, judged.set(place, grade))
  }
  for (const [query, judged] of grades) {
    if (![...judged.values()].some(grade => grade > 0)) grades.delete(query)
  }
  return grades
}
