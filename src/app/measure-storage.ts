import type { HeadStore, InteractionLog } from '../core/ports/learning.ts'
import type { ModelStore } from '../core/ports/model-files.ts'
import type { SnapshotStore } from '../core/ports/snapshots.ts'
import type { WaitingFiles } from '../core/ports/waiting-files.ts'
import type { StorageUse } from '../core/transfer-state.ts'

export interface StoragePorts {
  readonly models: Pick<ModelStore, 'size'>
  readonly heads: HeadStore
  readonly log: InteractionLog
  readonly snapshots: Pick<SnapshotStore, 'size'>
  readonly waiting: Pick<WaitingFiles, 'size'>
}

/** What takes space beside the documents. */
export async function measureStorage(ports: StoragePorts): Promise<StorageUse> {
  const { models, heads, log, snapshots, waiting } = ports
  const [model, indexes, kept, openings, towers] = await Promise.all([
    models.size(),
    snapshots.size(),
    waiting.size(),
    log.size(),
    heads.towers(),
  ])
  const versions = (await Promise.all(towers.map(tower => heads.versions(tower)))).flat()
  const headBytes = versions.reduce((sum, { correction }) => sum + correction.byteLength, 0)
  return { model, indexes, waiting: kept, heads: versions.length, headBytes, openings }
}
