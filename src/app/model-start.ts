import type { Emit } from '../core/events.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { EnginePorts } from './engine-ports.ts'
import type { Indexes } from './indexes.ts'
import type { LearningService } from './learning.ts'
import type { Reports } from './reports.ts'
import type { Snapshots } from './snapshots.ts'

interface ModelStartPorts extends Pick<EnginePorts, 'startEncoder' | 'createVectorIndex'> {
  readonly indexes: Indexes
  readonly saved: Pick<Snapshots, 'restore'>
  readonly failed: Reports['failed']
  /** Puts what was learned before the encoder. */
  readonly attach: LearningService['attach']
  /** Makes the indexes equal to the library. */
  readonly heal: () => Promise<void>
  /** Called when the model is there and what is stored can be found. */
  readonly ready: () => void
}

export interface ModelStart {
  /** As soon as it can embed. */
  encoder(): Encoder | undefined
  /** Once everything that is stored can be found: what is stored is found again before more is added. */
  readyEncoder(): Encoder | undefined
  /** Also to try again. Never rejects. */
  prepare(): Promise<void>
}

/** Starts the model and, with it, the index of vectors, whose dimension is the model's. */
export function createModelStart(ports: ModelStartPorts, emit: Emit): ModelStart {
  const { indexes, saved, failed } = ports
  let encoder: Encoder | undefined
  let isHealed = false

  async function start(): Promise<void> {
    const started = await ports.attach(await ports.startEncoder(emit))
    const info = await started.info()
    const isFirst = indexes.vectors === undefined
    indexes.vectors ??= await ports.createVectorIndex(info.dimension)
    encoder = started
    emit({ type: 'model-ready', info })
    if (isFirst) await saved.restore('vectors')
  }

  return {
    encoder: () => encoder,
    readyEncoder: () => (isHealed ? encoder : undefined),
    async prepare() {
      await start().catch(failed('model-failed'))
      await ports.heal()
      isHealed = true
      ports.ready()
    },
  }
}
