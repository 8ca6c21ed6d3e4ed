import type { EncoderInfo } from '../core/ports/encoder.ts'
import type { AppState } from '../state/app-state.ts'
import { selectAnswer, selectCoverage, selectSearchPhase } from '../state/selectors.ts'
import { useAppState } from './app-context.ts'
import layout from './layout.module.css'
import { nothingFound } from './nothing-found.ts'
import { formatBytes, formatCount, formatMany } from './numbers.ts'
import { ProgressBar } from './progress-bar.tsx'
import { IndexProgress } from './index-progress.tsx'
import { useOnline } from './use-online.ts'

/** "12 documents · 38 ms · WASM, 2 threads · offline"; what takes time at the start is here too, so that nothing jumps. */
export function StatusLine() {
  const state = useAppState(all => all)
  const online = useOnline()
  const parts = [coverageWords(state), answerTime(state), modelWords(state), online ? undefined : 'offline']
  return (
    <div className={layout.status} role="group" aria-label="Library status">
      <p>{parts.filter(part => part !== undefined).join(' · ')}</p>
      <StartProgress state={state} />
      <p className="visually-hidden" role="status">
        {spokenAnswer(state)}
      </p>
    </div>
  )
}

function StartProgress({ state: { model, restore, index } }: { readonly state: AppState }) {
  if (model.kind === 'loading' && model.total > 0) {
    return <ProgressBar label="Loading the model" value={model.loaded} max={model.total} />
  }
  if (restore === undefined || restore.total === 0) {
    return index.running === undefined ? null : <IndexProgress running={index.running} />
  }
  return <ProgressBar label="Opening the library" value={restore.done} max={restore.total} />
}

function coverageWords(state: AppState): string | undefined {
  if (state.library.kind !== 'open') return undefined
  const { searchable, total } = selectCoverage(state)
  if (total === 0) return undefined
  if (searchable === total) return formatMany(total, 'document', 'documents')
  return `${formatCount(searchable)} of ${formatMany(total, 'document', 'documents')} searchable`
}

function modelWords({ model }: AppState): string | undefined {
  if (model.kind === 'ready') return backendWords(model.info)
  if (model.kind === 'failed') return undefined
  if (model.total === 0) return 'loading the model'
  const why = model.repairing === undefined ? 'getting the model, once' : 'mending the stored model'
  return `${why}: ${formatBytes(model.loaded)} of ${formatBytes(model.total)}`
}

export function backendWords({ backend, threads }: Pick<EncoderInfo, 'backend' | 'threads'>): string {
  return backend === 'webgpu' ? 'WebGPU' : `WASM, ${formatMany(threads, 'thread', 'threads')}`
}

function answerTime(state: AppState): string | undefined {
  const answer = selectAnswer(state)
  if (selectSearchPhase(state) !== 'answered' || answer === undefined) return undefined
  return `${formatCount(Math.max(1, Math.round(answer.milliseconds)))} ms`
}

function spokenAnswer(state: AppState): string {
  const answer = selectAnswer(state)
  if (selectSearchPhase(state) !== 'answered' || !answer?.isWhole) return ''
  if (answer.results.length === 0) return nothingFound(answer)
  const count = formatMany(answer.results.length, 'result', 'results')
  return answer.strength === 'none' ? `Nothing says that in so many words. ${count} that come nearest` : count
}
