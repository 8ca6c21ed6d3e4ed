/** Retrieval sets in BEIR's layout (Thakur et al. 2021), from text to numbers. */

export interface EvaluationSet {
  readonly name: string
  /** Title, space, text; in the order of the file. */
  readonly documents: readonly string[]
  /** Judged queries only; grades by the document's place in `documents`. */
  readonly queries: readonly { readonly text: string; readonly grades: ReadonlyMap<number, number> }[]
}

export type SetPart = 'corpus' | 'queries' | 'qrels'

export interface EvaluationFiles extends Readonly<Record<SetPart, string>> {
  readonly name: string
  /** What messages call the files; `name/corpus.jsonl` and so on unless said. */
  readonly paths?: Readonly<Record<SetPart, string>>
}

/** Lines read between two pauses; about 10 ms of work. */
const SLICE = 2000

/** Waits for whoever else has something to do; throws to stop. */
type Pause = () => Promise<void>

/**
 * @param pause Awaited now and then.
 * @throws Error naming the file and the line that cannot be read.
 */
export async function parseEvaluationSet(
  files: EvaluationFiles,
  pause: Pause = async () => {},
): Promise<EvaluationSet> {
  const { name } = files
  const paths = files.paths ?? {
    corpus: `${name}/corpus.jsonl`,
    queries: `${name}/queries.jsonl`,
    qrels: `${name}/qrels.tsv`,
  }
  const corpus = await parseLines(files.corpus, paths.corpus, pause)
  const places = new Map(corpus.map(({ id }, place) => [id, place]))
  const grades = await parseJudgements(files.qrels, paths.qrels, places, pause)
  const entries = await parseLines(files.queries, paths.queries, pause)
  const queries = entries.flatMap(({ id, text }) => {
    const judged = grades.get(id)
    return judged === undefined ? [] : [{ text, grades: judged }]
  })
  if (queries.length === 0) {
    const there = `${entries.length} queries, ${corpus.length} documents and no judgement above 0 that joins them`
    throw new Error(`${name}: expected at least one judged query, found none among ${there}`)
  }
  return { name, documents: corpus.map(({ text }) => text), queries }
}

interface Entry {
  readonly id: string
  readonly text: string
}

async function parseLines(text: string, path: string, pause: Pause): Promise<Entry[]> {
  const entries: Entry[] = []
  for (const { line, number } of linesOf(text)) {
    entries.push(parseEntry(line, `${path}, line ${number}`))
    if (number % SLICE === 0) await pause()
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
async function parseJudgements(
  text: string,
  path: string,
  places: ReadonlyMap<string, number>,
  pause: Pause,
): Promise<Map<string, Map<number, number>>> {
  const grades = new Map<string, Map<number, number>>()
  for (const { line, number } of linesOf(text)) {
    if (number % SLICE === 0) await pause()
    const [query, document, score] = line.split('\t')
    const grade = score === undefined || score.trim() === '' ? Number.NaN : Number(score)
    if (query === undefined || document === undefined || Number.isNaN(grade)) {
      if (number === 1) continue // the names of the columns
      const got = line.slice(0, 60)
      throw new Error(
        `${path}, line ${number}: expected query, document and score with tabs between, got ${got}`,
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

/** Lines that are not blank, one at a time, so that a large file need not be taken apart at once. */
function* linesOf(text: string): Generator<{ line: string; number: number }> {
  let number = 0
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const line = text.slice(start, end).replace(/\r$/, '')
    number++
    start = end + 1
    if (line.trim() !== '') yield { line, number }
  }
}
