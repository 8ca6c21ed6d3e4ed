import { codeOf, messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import type { Exclusive } from '../core/exclusive.ts'
import { glanceAtLibraryFile, type ReaderParts } from '../core/library-file/open-library-file.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { BlobLike, ByteSink, FilePlace } from '../core/ports/files.ts'
import type { HeadStore, InteractionLog } from '../core/ports/learning.ts'
import type { Library } from '../core/ports/library.ts'
import type { ModelStore } from '../core/ports/model-files.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { SettingsStore } from '../core/ports/settings.ts'
import type { SnapshotStore } from '../core/ports/snapshots.ts'
import type { WaitingFiles } from '../core/ports/waiting-files.ts'
import type { TransferOutcome } from '../core/transfer-state.ts'
import { exportLibrary } from './export-library.ts'
import { checkLibraryFile, takeLibraryIn } from './import-library.ts'
import type { Indexes } from './indexes.ts'
import { measureStorage } from './measure-storage.ts'
import type { ExportOptions, Transfer } from './transfer-api.ts'

export interface TransferPorts extends ReaderParts {
  readonly library: Library
  readonly heads: HeadStore
  readonly log: InteractionLog
  readonly settings: SettingsStore
  readonly clock: Clock
  readonly models: Pick<ModelStore, 'size'>
  readonly snapshots: Pick<SnapshotStore, 'size'>
  readonly waiting: Pick<WaitingFiles, 'size'>
  readonly openFileSink: (place: FilePlace | undefined) => Promise<ByteSink>
}

/** What the transfer needs to know of the engine that it belongs to. */
export interface TransferSurroundings {
  readonly indexes: Indexes
  readonly exclusive: Exclusive
  readonly encoder: () => Encoder | undefined
  /** After an import, whether it ran through or not: what was taken in is made searchable. Never rejects. */
  readonly imported: () => Promise<void>
}

/** Carries a library in one file, out and in, one at a time. */
export function createTransfer(ports: TransferPorts, around: TransferSurroundings, emit: Emit): Transfer {
  let running: { aborted: boolean } | undefined

  /** Runs `work` unless something runs; its end is told in any case. */
  async function alone(work: (signal: { aborted: boolean }) => Promise<TransferOutcome>): Promise<void> {
    if (running !== undefined) return
    running = { aborted: false }
    const outcome = await work(running).catch(outcomeOf)
    running = undefined
    emit({ type: 'transfer-ended', outcome })
  }

  async function withInfo<Ports>(more: Ports) {
    return { ...ports, ...more, encoderInfo: await around.encoder()?.info() }
  }

  async function write(options: ExportOptions, sink: ByteSink, signal: { aborted: boolean }) {
    try {
      const counts = await exportLibrary(await withInfo({ sink }), options, emit, signal)
      return { counts, file: await sink.close() }
    } catch (error) {
      await sink.abort()
      throw error
    }
  }

  return {
    async exportLibrary(options, place) {
      let written: BlobLike | undefined
      await alone(async signal => {
        const { counts, file } = await write(options, await ports.openFileSink(place), signal)
        written = file
        return { kind: 'exported', counts }
      })
      return written
    },
    glanceAtLibraryFile: file =>
      glanceAtLibraryFile(file, ports).catch((error: unknown) => ({ problem: messageOf(error) })),
    async importLibrary(file, passphrase) {
      let began = false
      await alone(async signal => {
        const checked = await checkLibraryFile(file, passphrase, ports, emit, signal)
        began = true
        const counts = await takeLibraryIn(checked, await withInfo(around), emit, signal)
        return { kind: 'imported', counts }
      })
      if (began) await around.imported()
    },
    async cancelTransfer() {
      if (running !== undefined) running.aborted = true
    },
    async measureStorage() {
      try {
        emit({ type: 'storage-measured', storage: await measureStorage(ports) })
      } catch (error) {
        emit({ type: 'command-failed', code: codeOf(error) ?? 'Unknown', message: messageOf(error) })
      }
    },
  }
}

function outcomeOf(error: unknown): TransferOutcome {
  const code = codeOf(error) ?? 'Unknown'
  const sentence = messageOf(error)
  return code === 'Cancelled' ? { kind: 'cancelled', sentence } : { kind: 'failed', code, sentence }
}
