import type { DocumentId } from '../core/document.ts'
import { codeOf, messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import { createExclusive, type Exclusive } from '../core/exclusive.ts'
import { DEFAULT_PASSAGES, type PassageSettings, sameCut } from '../core/passage-settings.ts'
import type { PassagesState } from '../core/passages-state.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { SettingsStore } from '../core/ports/settings.ts'
import { tokenLimits } from '../core/text/measure-tokens.ts'
import { cutAgain, type CutAgainPorts } from './cut-again.ts'
import type { Passages } from './passages-api.ts'

export interface PassagesPorts extends Omit<CutAgainPorts, 'encoder'> {
  readonly settings: SettingsStore
  readonly encoder: () => Encoder | undefined
  /** Nobody else writes while a document is cut; others get their turn between two. */
  readonly exclusive: Exclusive
  /** After each document: its passages are not what they were. `done` counts from 1. */
  readonly cut: (done: number) => void
  /** After the last one. */
  readonly ended: () => void
}

export interface PassagesService {
  readonly commands: Passages
  /** How a document is to be cut that is added now. */
  current(): Promise<PassageSettings>
  /** Goes on with what was begun before this page was opened. Never rejects. */
  resume(): Promise<void>
}

export function createPassages(ports: PassagesPorts, emit: Emit): PassagesService {
  const { settings, library, clock } = ports
  const oneByOne = createExclusive()
  let running: { aborted: boolean } | undefined
  let state: PassagesState = {
    settings: DEFAULT_PASSAGES,
    tokens: undefined,
    running: undefined,
    trouble: undefined,
  }

  async function tell(changed: Partial<PassagesState> = {}): Promise<void> {
    state = {
      ...state,
      ...changed,
      settings: await settings.passages(),
      tokens: await tokensOf(ports.encoder()),
    }
    emit({ type: 'passages-changed', passages: state })
  }

  async function cutAll(signal: { aborted: boolean }): Promise<void> {
    const wanted = await settings.passages()
    const documents = await library.documents()
    const others = documents.filter(({ cut }) => !sameCut(cut, wanted)).map(({ id }) => id)
    const total = others.length
    for (const [done, id] of others.entries()) {
      // Another tab may have cancelled it.
      if (signal.aborted || !(await settings.isCutting())) return
      await tell({ running: { done, total } })
      await cutOne(id, signal)
      ports.cut(done + 1)
      await clock.breathe()
    }
  }

  async function cutOne(id: DocumentId, signal: { aborted: boolean }): Promise<void> {
    const encoder = ports.encoder()
    if (encoder === undefined) throw new Error('There is no model yet to read the passages.')
    await ports.exclusive(async () =>
      cutAgain(id, await settings.passages(), { ...ports, encoder }, emit, signal),
    )
  }

  async function run(): Promise<void> {
    if (running !== undefined) return
    const signal = { aborted: false }
    running = signal
    let trouble: string | undefined
    try {
      await settings.setCutting(true)
      await cutAll(signal)
      await settings.setCutting(false)
    } catch (error) {
      if (codeOf(error) !== 'Cancelled') trouble = `Cutting again has stopped. ${messageOf(error)}`
      await settings.setCutting(false).catch(() => undefined)
    }
    running = undefined
    await tell({ running: undefined, trouble }).catch(() => undefined)
    ports.ended()
  }

  /** A failure of the store is told where it was asked. */
  async function attempt(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      emit({ type: 'command-failed', code: codeOf(error) ?? 'Unknown', message: messageOf(error) })
    }
  }

  return {
    commands: {
      measurePassages: () => attempt(() => tell()),
      choosePassages: changed =>
        oneByOne(() =>
          attempt(async () => {
            await settings.choosePassages({ ...(await settings.passages()), ...changed })
            await tell({ trouble: undefined })
          }),
        ),
      cutAllAgain: run,
      cancelCutting: () =>
        attempt(async () => {
          if (running !== undefined) running.aborted = true
          await settings.setCutting(false)
        }),
    },
    current: () => settings.passages(),
    async resume() {
      const isBegun = await settings.isCutting().catch(() => false)
      if (isBegun && ports.encoder() !== undefined) await run()
    },
  }
}

async function tokensOf(encoder: Encoder | undefined): Promise<PassagesState['tokens']> {
  const maxTokens = (await encoder?.info())?.maxTokens
  if (maxTokens === undefined || encoder?.countTokens === undefined) return undefined
  const most = (size: PassageSettings['size']) => tokenLimits(maxTokens, { ...DEFAULT_PASSAGES, size }).most
  return { short: most('short'), normal: most('normal'), long: most('long') }
}
