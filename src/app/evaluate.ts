import { failure, messageOf } from '../core/errors.ts'
import type { Emit, EvaluationProgress } from '../core/events.ts'
import { type EvaluationSet, parseEvaluationSet, type SetPart } from '../core/evaluation/beir.ts'
import type { EvaluationReport } from '../core/evaluation/report.ts'
import { encodeSet, indexSet, type Progress, scoreSet } from '../core/evaluation/run-set.ts'
import { chooseSetFiles, type SetFiles } from '../core/evaluation/set-files.ts'
import { createBm25Index } from '../core/lexical/bm25-index.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import type { CancelSignal } from './embed.ts'

export interface EvaluatePorts {
  /** Missing while there is no model. */
  readonly encoder: Encoder | undefined
  readonly createVectorIndex: (dimension: number) => Promise<VectorIndex>
  /** The text of a file, unpacked where it is packed. @throws UnreadableFile with a sentence. */
  readonly readSetFile: (file: SourceFile) => Promise<string>
  readonly clock: Clock
}

/**
 * Scores the search on a retrieval set of the user's own, with indexes of its own that nobody else sees. Tells its outcome
 * by event and never rejects.
 */
export async function evaluate(
  files: readonly SourceFile[],
  ports: EvaluatePorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<void> {
  try {
    emit({ type: 'evaluation-finished', report: await run(files, ports, emit, signal) })
  } catch (error) {
    if (signal.aborted) emit({ type: 'evaluation-cancelled' })
    else emit({ type: 'evaluation-failed', message: messageOf(error) })
  }
}

async function run(
  files: readonly SourceFile[],
  ports: EvaluatePorts,
  emit: Emit,
  signal: CancelSignal,
): Promise<EvaluationReport> {
  const { encoder, clock } = ports
  const startedAt = clock.now()
  if (encoder === undefined) throw failure('ModelUnavailable', 'There is no model to evaluate yet.')
  const chosen = chooseSetFiles(files.map(file => file.path))
  const pause = async () => {
    await clock.breathe()
    if (signal.aborted) throw failure('Cancelled', 'The evaluation was cancelled.')
  }
  const reporting = (step: EvaluationProgress['step'], total: number): Progress => {
    emit({ type: 'evaluation-progressed', set: chosen.name, step, done: 0, total })
    return async done => {
      emit({ type: 'evaluation-progressed', set: chosen.name, step, done, total })
      await pause()
    }
  }
  const set = await readSet(chosen, files, ports, reporting('reading', 3), pause)
  const [documents, queries] = [set.documents.length, set.queries.length]
  const vectors = await encodeSet(encoder, set, reporting('encoding', documents + queries))
  const indexes = {
    vectorIndex: await ports.createVectorIndex(vectors.dimension),
    lexicalIndex: createBm25Index(),
  }
  const indexed = await indexSet(set, vectors, indexes, reporting('indexing', documents))
  const { modelName: model, space, fusionWeight: weight } = await encoder.info()
  const scores = await scoreSet(indexed, weight, reporting('searching', queries))
  const seconds = (clock.now() - startedAt) / 1000
  return { model, space, weight, scores: { set: set.name, documents, queries, ...scores }, seconds }
}

async function readSet(
  { name, paths }: SetFiles,
  files: readonly SourceFile[],
  { readSetFile }: EvaluatePorts,
  progress: Progress,
  pause: () => Promise<void>,
): Promise<EvaluationSet> {
  let done = 0
  const read = async (part: SetPart): Promise<string> => {
    const file = files.find(({ path }) => path === paths[part])
    if (file === undefined) throw new Error(`expected ${paths[part]} among the files, found none`)
    const text = await readSetFile(file)
    await progress(++done)
    return text
  }
  // One after the other: three large files at once would need three times the memory.
  const texts = { corpus: await read('corpus'), queries: await read('queries'), qrels: await read('qrels') }
  return parseEvaluationSet({ name, paths, ...texts }, pause)
}
