import type { Emit } from '../core/events.ts'
import type { IndexKind } from '../core/index-state.ts'
import type { Choices } from '../core/ports/choices.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { Extractor } from '../core/ports/extractor.ts'
import type { FolderReader, FolderStore } from '../core/ports/folders.ts'
import type { LexicalIndex } from '../core/ports/lexical-index.ts'
import type { SampleSource } from '../core/ports/platform.ts'
import type { SnapshotStore } from '../core/ports/snapshots.ts'
import type { LibraryChanges, Tabs } from '../core/ports/tabs.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import type { WaitingFiles } from '../core/ports/waiting-files.ts'
import type { EvaluatePorts } from './evaluate.ts'
import type { ServerSyncPorts } from './server-ports.ts'
import type { TransferPorts } from './transfer.ts'

export interface EnginePorts extends TransferPorts, ServerSyncPorts {
  readonly words: LexicalIndex
  readonly extractor: Extractor
  readonly samples: SampleSource
  readonly changes: LibraryChanges
  readonly tabs: Tabs
  readonly waiting: WaitingFiles
  readonly choices: Choices
  readonly snapshots: SnapshotStore
  readonly folders: FolderStore
  readonly folderReader: FolderReader
  /** Loads the model and starts its encoder; tells of its progress itself. */
  readonly startEncoder: (emit: Emit) => Promise<Encoder>
  /** Belfry's own unless another kind is asked for. */
  readonly createVectorIndex: (dimension: number, kind?: IndexKind) => Promise<VectorIndex>
  readonly readSetFile: EvaluatePorts['readSetFile']
}
