import type { Emit } from '../core/events.ts'
import type { SourceFile } from '../core/ports/files.ts'
import { evaluate, type EvaluatePorts } from './evaluate.ts'

export interface Evaluations {
  evaluate(files: readonly SourceFile[]): Promise<void>
  cancelEvaluation(): Promise<void>
}

/** Runs sets one at a time: nothing happens while another one runs. */
export function createEvaluations(ports: () => EvaluatePorts, emit: Emit): Evaluations {
  let running: { aborted: boolean } | undefined
  return {
    async evaluate(files) {
      if (running !== undefined) return
      running = { aborted: false }
      await evaluate(files, ports(), emit, running)
      running = undefined
    },
    async cancelEvaluation() {
      if (running !== undefined) running.aborted = true
    },
  }
}
