import type { HeadStore, InteractionLog, ModelStore } from '../core/ports.ts'
import type { SpaceUse } from '../core/transfer-state.ts'

export interface SpacePorts {
  readonly models: Pick<ModelStore, 'size'>
  readonly heads: HeadStore
  readonly log: InteractionLog
}

/** What takes space beside the documents. */
export async function measureSpace({ models, heads, log }: SpacePorts): Promise<SpaceUse> {
  const [model, openings, towers] = await Promise.all([models.size(), log.size(), heads.towers()])
  const versions = (await Promise.all(towers.map(tower => heads.versions(tower)))).flat()
  const headBytes = versions.reduce((sum, { correction }) => sum + correction.byteLength, 0)
  return { model, heads: versions.length, headBytes, openings }
}
