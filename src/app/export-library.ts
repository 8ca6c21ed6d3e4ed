import { failure } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import type { FiledHead } from '../core/library-file/head-section.ts'
import { writeLibraryFile, type WriterParts } from '../core/library-file/write-library-file.ts'
import type { LibraryFileInfo } from '../core/library-file/small-sections.ts'
import type { LibraryDocument } from '../core/document.ts'
import type { EncoderInfo } from '../core/ports/encoder.ts'
import type { HeadStore, InteractionLog } from '../core/ports/learning.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { SettingsStore } from '../core/ports/settings.ts'
import type { ExportCounts } from '../core/transfer-state.ts'
import type { CancelSignal } from './embed.ts'
import type { ExportOptions } from './transfer-api.ts'

export interface ExportPorts extends WriterParts {
  readonly library: Library
  readonly heads: HeadStore
  readonly log: InteractionLog
  readonly settings: Pick<SettingsStore, 'passages'>
  readonly clock: Clock
  /** Of the model in use, where there is one. */
  readonly encoderInfo: EncoderInfo | undefined
}

/**
 * Writes everything that is kept into one file, a document at a time. What is added meanwhile is not in it, and what is
 * removed meanwhile may be.
 * @throws Cancelled, StorageFull, StorageUnavailable or PassphraseUnsupported; the sink is the caller's to close.
 */
export async function exportLibrary(
  ports: ExportPorts,
  { passphrase, openings }: ExportOptions,
  emit: Emit,
  signal: CancelSignal,
): Promise<ExportCounts> {
  const { library, log, clock, settings } = ports
  const documents = await library.documents()
  const writer = await writeLibraryFile(infoOf(documents, openings, ports), passphrase, ports)
  for (const [done, { id }] of documents.entries()) {
    emit({ type: 'transfer-progressed', step: 'exporting', done, total: documents.length })
    await clock.breathe()
    if (signal.aborted) throw failure('Cancelled', 'The export was cancelled.')
    // One at a time: a library need not fit into memory.
    for (const stored of await library.load([id])) await writer.document(stored)
  }
  await eachHead(ports.heads, head => writer.head(head))
  if (openings) await writer.openings(await log.all())
  await writer.settings({ noting: await log.isOn(), passages: await settings.passages() })
  return writer.end()
}

function infoOf(
  documents: readonly LibraryDocument[],
  openings: boolean,
  { clock, encoderInfo }: ExportPorts,
): LibraryFileInfo {
  const model = encoderInfo && {
    name: encoderInfo.modelName,
    space: encoderInfo.space,
    dimension: encoderInfo.dimension,
  }
  const passages = documents.reduce((sum, { passageCount }) => sum + passageCount, 0)
  return { writtenAt: clock.now(), documents: documents.length, passages, model, openings }
}

async function eachHead(heads: HeadStore, write: (head: FiledHead) => Promise<void>): Promise<void> {
  for (const tower of await heads.towers()) {
    const inUse = await heads.inUse(tower)
    for (const { number, ...head } of await heads.versions(tower)) {
      await write({ ...head, inUse: number === inUse })
    }
  }
}
