import { describe, expect, it } from 'vitest'
import { createSha256 } from '../src/adapters/noble-sha256.ts'
import { spaceOf } from '../src/core/model/space.ts'
import shipped from '../src/ui/shipped-scores.json'
import { readModel } from './read-model.ts'

const { manifest } = await readModel('public/models/belfry-two-tower')

function sha256(text: string): string {
  const hash = createSha256()
  hash.update(new TextEncoder().encode(text))
  return hash.digest()
}

// When this fails, the model has changed: npm run evaluate -- --json src/ui/shipped-scores.json
describe('the scores on the Quality page', () => {
  it('are those of the model in the box, file by file', () => {
    expect(shipped.files).toEqual(Object.fromEntries(manifest.files.map(file => [file.path, file.sha256])))
    expect(shipped).toMatchObject({
      model: manifest.name,
      space: spaceOf(manifest, sha256),
      weight: manifest.fusion.weight,
    })
  })

  it('are numbers between 0 and 1, with a row for each set', () => {
    expect(shipped.sets.length).toBeGreaterThan(0)
    const scores = [...shipped.sets, shipped.mean].flatMap(({ bm25, dense, hybrid }) =>
      [bm25, dense, hybrid].flatMap(way => [way.ndcg10, way.mrr10, way.recall100]),
    )
    for (const score of scores) expect(score > 0 && score <= 1).toBe(true)
  })
})
