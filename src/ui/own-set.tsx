import { useCallback, useEffect, useRef } from 'react'
import type { EvaluationProgress } from '../core/events.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { useApp, useAppState } from './app-context.ts'
import controls from './controls.module.css'
import { DropOverlay } from './drop-overlay.tsx'
import { evaluationPart, stepWords } from './evaluation-progress.ts'
import { OwnReport } from './own-report.tsx'
import { ProgressBar } from './progress-bar.tsx'
import styles from './quality-view.module.css'
import { SetPickers } from './set-pickers.tsx'

/** Takes a set in BEIR's layout, runs it and shows what came out. */
export function OwnSet() {
  const { engine } = useApp()
  const { running, report, failure } = useAppState(state => state.evaluation)
  const ready = useAppState(state => state.model.kind === 'ready')
  const free = ready && running === undefined
  const evaluate = useCallback(
    (files: readonly SourceFile[]) => {
      if (free) void engine.evaluate(files)
    },
    [engine, free],
  )
  const busy = running !== undefined
  const wasBusy = useRef(busy)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    // Pickers and Cancel take each other's place, and focus must not go with the one that was pressed.
    if (busy !== wasBusy.current && document.activeElement === document.body) heading.current?.focus()
    wasBusy.current = busy
  }, [busy])
  return (
    <section className={styles.section} aria-labelledby="own-set">
      <h2 id="own-set" ref={heading} tabIndex={-1}>
        A set of your own
      </h2>
      <p>
        Drop a folder in BEIR’s layout here, or choose it: <code>corpus.jsonl</code> (or{' '}
        <code>corpus.jsonl.gz</code>), <code>queries.jsonl</code>, and <code>qrels.tsv</code> or{' '}
        <code>qrels/test.tsv</code>. It is read on this device, beside the library and without touching it,
        and forgotten when Belfry is closed. You can go back and search meanwhile.
      </p>
      <DropOverlay label={free ? 'Drop to evaluate' : busyWords(ready)} onFiles={evaluate} />
      <p role="status" className={styles.status}>
        {running === undefined ? !ready && busyWords(ready) : stepWords(running)}
      </p>
      {running === undefined ? <SetPickers disabled={!ready} onFiles={evaluate} /> : <Running {...running} />}
      {failure !== undefined && (
        <p role="alert" className={styles.failure}>
          This set could not be evaluated: {failure}
        </p>
      )}
      {report !== undefined && <OwnReport report={report} />}
    </section>
  )
}

function busyWords(ready: boolean): string {
  return ready ? 'Another set is being evaluated' : 'The model is not loaded yet'
}

function Running(progress: EvaluationProgress) {
  const { engine } = useApp()
  return (
    <div className={styles.running}>
      <ProgressBar label={`Evaluating ${progress.set}`} value={evaluationPart(progress)} max={100} />
      <button type="button" className={controls.button} onClick={() => void engine.cancelEvaluation()}>
        Cancel
      </button>
    </div>
  )
}
