import type { Emit } from '../core/events.ts'
import type { IndexKind } from '../core/index-state.ts'
import type {
  Encoder,
  Extractor,
  FolderReader,
  FolderStore,
  LexicalIndex,
  LibraryChanges,
  SampleSource,
  SnapshotStore,
  Tabs,
  VectorIndex,
  WaitingFiles,
} from '../core/ports.ts'
import type { EvaluatePorts } from './evaluate.ts'
import type { TransferPorts } from './transfer.ts'

export interface EnginePorts extends TransferPorts {
  readonly words: LexicalIndex
  readonly extractor: Extractor
  readonly samples: SampleSource
  readonly changes: LibraryChanges
  readonly tabs: Tabs
  readonly waiting: WaitingFiles
  readonly snapshots: SnapshotStore
  readonly folders: FolderStore
  readonly folderReader: FolderReader
  /** Loads the model and starts its encoder; tells of its progress itself. */
  readonly startEncoder: (emit: Emit) => Promise<Encoder>
  /** Belfry's own unless another kind is asked for. */
  readonly createVectorIndex: (dimension: number, kind?: IndexKind) => Promise<VectorIndex>
  readonly readSetFile: EvaluatePorts['readSetFile']
}
