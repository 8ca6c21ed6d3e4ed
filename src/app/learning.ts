import { codeOf, messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import type { Clock, InteractionLog } from '../core/ports.ts'
import type { Learning } from './learning-api.ts'

export interface LearningPorts {
  readonly log: InteractionLog
  readonly clock: Clock
}

/** Notes what was opened, and tells where learning stands. */
export function createLearning({ log, clock }: LearningPorts, emit: Emit): Learning {
  async function measureLearning(): Promise<void> {
    const [noting, openings] = await Promise.all([log.isOn(), log.size()])
    emit({ type: 'learning-changed', learning: { noting, openings } })
  }

  /** A command, and where things stand afterwards. */
  async function command(work: () => Promise<unknown>): Promise<void> {
    try {
      await work()
      await measureLearning()
    } catch (error) {
      emit({ type: 'command-failed', code: codeOf(error) ?? 'Unknown', message: messageOf(error) })
    }
  }

  return {
    async opened(opening) {
      // Nobody asked for this, so a failure is nobody's news.
      const on = await log.isOn().catch(() => false)
      if (on) await log.append({ ...opening, at: clock.now() - opening.milliseconds }).catch(() => undefined)
    },
    measureLearning: () => command(async () => undefined),
    noteOpenings: on => command(() => log.turn(on)),
    clearLog: () => command(() => log.clear()),
    exportLog: () => log.all(),
  }
}
