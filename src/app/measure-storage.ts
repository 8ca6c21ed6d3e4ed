import type { HeadStore, InteractionLog, ModelStore } from '../core/ports.ts'
import type { StorageUse } from '../core/transfer-state.ts'

export interface StoragePorts {
  readonly models: Pick<ModelStore, 'size'>
  readonly heads: HeadStore
  readonly log: InteractionLog
}

/** What takes space beside the documents. */
export async function measureStorage({ models, heads, log }: StoragePorts): Promise<StorageUse> {
  const [model, openings, towers] = await Promise.all([models.size(), log.size(), heads.towers()])
  const versions = (await Promise.all(towers.map(tower => heads.versions(tower)))).flat()
  const headBytes = versions.reduce((sum, { correction }) => sum + correction.byteLength, 0)
  return { model, heads: versions.length, headBytes, openings }
}
