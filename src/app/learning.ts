import { codeOf, messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import type { LearningSource, LearningState } from '../core/learning-state.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { HeadStore, HeadVersion, InteractionLog } from '../core/ports/learning.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { LibraryChanges } from '../core/ports/tabs.ts'
import { type Adapted, type AdaptOptions, learnFromOpenings } from './adapt.ts'
import { createCorrectedEncoder } from './corrected-encoder.ts'
import { learnFromDocuments } from './learn-from-documents.ts'
import type { Learning } from './learning-api.ts'

export interface LearningPorts {
  readonly log: InteractionLog
  readonly heads: HeadStore
  readonly library: Library
  readonly changes: LibraryChanges
  readonly clock: Clock
}

export interface LearningService extends Learning {
  /** The encoder as it is to be used: with the version in use behind its query tower. */
  attach(encoder: Encoder): Promise<Encoder>
  /** Reads again which version is in use: another tab may have chosen. */
  reload(): Promise<void>
}

/** Notes what was opened, learns from it when asked to, and keeps the versions. */
export function createLearning(ports: LearningPorts, emit: Emit): LearningService {
  const { log, heads, clock } = ports
  let shipped: Encoder | undefined
  let tower = ''
  let dimension = 0
  let versions: readonly HeadVersion[] = []
  let inUse: HeadVersion | undefined
  let running: LearningState['running']
  let outcome: LearningState['outcome']
  let noted = { noting: true, openings: 0 }
  let stop = new AbortController()

  function tell(): void {
    // The matrices stay here: the page shows what they are worth.
    const shown = versions.map(({ number, source, learnedAt, scores }) => ({
      number,
      source,
      learnedAt,
      scores,
    }))
    const learning = { ...noted, versions: shown, inUse: inUse?.number ?? 0, running, outcome }
    emit({ type: 'learning-changed', learning })
  }

  async function reload(): Promise<void> {
    // An imported version says of itself which tower it is for; one that does not fit would break every query.
    versions = (await heads.versions(tower)).filter(({ correction }) => correction.length === dimension ** 2)
    const number = await heads.inUse(tower)
    inUse = versions.find(version => version.number === number)
  }

  async function measureLearning(): Promise<void> {
    const [noting, openings] = await Promise.all([log.isOn(), log.size()])
    noted = { noting, openings }
    tell()
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

  function progressOf(source: LearningSource): AdaptOptions['progress'] {
    return share => {
      // A hundred steps are as many as a bar can show.
      if (running !== undefined && share - running.share < 0.01) return
      running = { source, share }
      tell()
    }
  }

  async function adapt(source: LearningSource): Promise<Adapted> {
    if (shipped === undefined) {
      return { accepted: false, sentence: 'There is no model yet. Try again when it is loaded.' }
    }
    const options = { inUse, signal: stop.signal, progress: progressOf(source) }
    const learnFrom = source === 'openings' ? learnFromOpenings : learnFromDocuments
    return learnFrom({ ...ports, encoder: shipped }, options)
  }

  async function keep(source: LearningSource, adapted: Adapted): Promise<void> {
    if (!adapted.accepted) {
      outcome = adapted
      return
    }
    const { correction, scores } = adapted
    const { number } = await heads.keep({ tower, source, learnedAt: clock.now(), scores, correction })
    outcome = { accepted: true, sentence: `Version ${number} is better, and in use from now on.` }
    await reload()
    ports.changes.announce()
  }

  async function learn(source: LearningSource): Promise<void> {
    if (running !== undefined) return
    running = { source, share: 0 }
    outcome = undefined
    stop = new AbortController()
    tell()
    try {
      await keep(source, await adapt(source))
    } catch (error) {
      const cancelled = codeOf(error) === 'Cancelled'
      const sentence = cancelled ? 'Learning was cancelled; nothing was changed.' : messageOf(error)
      outcome = { accepted: false, sentence }
    }
    running = undefined
    await measureLearning()
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
    learn: source => command(() => learn(source)),
    cancelLearning: async () => stop.abort(),
    chooseVersion: number =>
      command(async () => {
        await heads.use(tower, number)
        await reload()
        ports.changes.announce()
      }),
    async attach(encoder) {
      ;({ queryTower: tower, dimension } = await encoder.info())
      shipped = encoder
      // Without its storage a page still searches, with the shipped head.
      await reload().catch(() => undefined)
      return createCorrectedEncoder(encoder, () => inUse?.correction)
    },
    reload,
  }
}
