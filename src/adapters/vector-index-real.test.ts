import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openModel } from '../../training/read-model.ts'
import { createExactVectorIndex } from './exact-vector-index.ts'
import { createKernelVectorIndex } from './kernel-vector-index.ts'
import { keysUpTo } from './seeded-vectors.ts'
import { expectAgreement } from './vector-index.suite.ts'

const FOLDER = 'public/samples'

/** Lines of the sample documents, and their questions-to-be, through the model in the box. */
async function realVectors() {
  const lines = readdirSync(FOLDER)
    .filter(name => /\.(?:md|txt|html)$/.test(name))
    .flatMap(name => readFileSync(`${FOLDER}/${name}`, 'utf8').split('\n'))
    .filter(line => line.length > 40)
  const encoder = await openModel('public/models/belfry-two-tower', 1)
  const { dimension } = await encoder.info()
  const rows = await encoder.encode(lines, 'document')
  const queries = await encoder.encode(
    lines.slice(0, 20).map(line => line.slice(0, 30)),
    'query',
  )
  return { dimension, rows, queries, count: lines.length }
}

describe('vectors of real text', async () => {
  const { dimension, rows, queries, count } = await realVectors()

  it.each([
    ['scanned', { mode: 'scan' }],
    ['scanned in f32', { mode: 'scan', wholeRows: true }],
    ['scanned by their signs', { mode: 'signs' }],
    ['in a graph', { mode: 'graph' }],
  ] as const)('are found as by the exact index when they are %s', async (_, options) => {
    const index = createKernelVectorIndex({ dimension, ...options })
    const oracle = createExactVectorIndex(dimension)
    await Promise.all([index.add(keysUpTo(count), rows), oracle.add(keysUpTo(count), rows)])
    expect(count).toBeGreaterThan(100)
    for (let from = 0; from < queries.length; from += dimension) {
      await expectAgreement(index, oracle, queries.slice(from, from + dimension), 10)
    }
  })
})
