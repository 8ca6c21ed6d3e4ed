/** A thread's part of the work that all do together. */
import { scoreRows } from '../src/core/training/scores.ts'
import { embed, runStep } from '../src/core/training/step.ts'
import type { StepWorker } from '../src/core/training/step-worker.ts'
import { shareOf } from '../src/core/training/thread.ts'
import { SIDES } from '../src/core/training/tower-state.ts'
import type { TextCounts, Work } from './control.ts'

export function doWork(worker: StepWorker, work: Exclude<Work, { kind: 'stop' }>): void {
  if (work.kind === 'step') return runStep(worker, work.options)
  if (work.kind === 'embed') embedTexts(worker, work.texts)
  else scoreTexts(worker, work.texts)
  worker.barrier.wait()
}

function embedTexts(worker: StepWorker, texts: TextCounts): void {
  for (const side of SIDES) embed(worker, side, shareOf(texts[side], worker.share))
}

function scoreTexts(worker: StepWorker, texts: TextCounts): void {
  const { query, document } = worker.state.towers
  const sides = {
    width: worker.state.shape.dimension,
    queries: texts.query,
    documents: texts.document,
    query: { rows: query.output, gradient: query.outputGradient },
    document: { rows: document.output, gradient: document.outputGradient },
  }
  scoreRows(worker.state, worker, sides, shareOf(texts.query, worker.share))
}
