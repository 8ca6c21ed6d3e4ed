/**
 * How well sketches tell what is nearly the same, on real documents: against the exact share of shingles of all pairs, and
 * how long looking one up takes among many.
 *
 *     npx tsx bench/near-duplicates.ts [--data ../shared/data]
 */
import { existsSync, readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { createLikeTable } from '../src/core/likeness/like-table.ts'
import { shingleHashes } from '../src/core/likeness/shingles.ts'
import { NEARLY_SAME, SKETCH, type Sketch, sketchOf } from '../src/core/likeness/sketch.ts'
import { createRandom } from '../src/core/training/random.ts'

const SETS = ['us-government-web', 'python-peps', 'debian-descriptions', 'factbook', 'kubernetes-docs']
const MOST = 6000

const { values } = parseArgs({ options: { data: { type: 'string', default: '../shared/data' } } })

function textsOf(set: string): string[] {
  const path = `${values.data}/train/${set}.jsonl.gz`
  if (!existsSync(path))
    throw new Error(`expected documents in ${path}, found no file; --data names the folder`)
  const lines = gunzipSync(readFileSync(path)).toString().split('\n').filter(Boolean).slice(0, MOST)
  return lines.map(line => Object.values(JSON.parse(line) as object).join('\n'))
}

/** For each pair that shares at least `least` of its shingles: how much. */
function exactPairs(texts: readonly string[], least: number): Map<string, number> {
  const sets = texts.map(text => new Set(shingleHashes(text)))
  const having = new Map<number, number[]>()
  const pairs = new Map<string, number>()
  sets.forEach((set, i) => {
    const shared = new Map<number, number>()
    for (const shingle of set) {
      const others = having.get(shingle) ?? []
      for (const other of others) shared.set(other, (shared.get(other) ?? 0) + 1)
      having.set(shingle, others)
      others.push(i)
    }
    for (const [other, count] of shared) {
      const share = count / (set.size + (sets[other]?.size ?? 0) - count)
      if (share >= least) pairs.set(`${other} ${i}`, share)
    }
  })
  return pairs
}

function measure(set: string): void {
  const texts = textsOf(set).filter(text => sketchOf(text) !== undefined)
  const startedAt = performance.now()
  const sketches = texts.map(text => sketchOf(text) as Sketch)
  const seconds = (performance.now() - startedAt) / 1000
  const table = createLikeTable()
  for (const [key, sketch] of sketches.entries()) table.add(key, sketch)
  const pairs = exactPairs(texts, 0.5)
  const shareOf = (one: number, other: number) =>
    pairs.get(`${Math.min(one, other)} ${Math.max(one, other)}`) ?? 0
  const best = new Map<number, number>()
  for (const [pair, share] of pairs) {
    for (const key of pair.split(' ').map(Number)) best.set(key, Math.max(best.get(key) ?? 0, share))
  }
  const marked = texts.flatMap((_, key) => {
    const like = table.nearest(key)
    return like === undefined ? [] : [{ key, share: shareOf(key, like.key) }]
  })
  const found = new Set(marked.map(({ key }) => key))
  const recall = (least: number) => {
    const wanted = [...best].filter(([, share]) => share >= least)
    return `${wanted.filter(([key]) => found.has(key)).length} of ${wanted.length}`
  }
  const right = (least: number) => marked.filter(({ share }) => share >= least).length
  const megabytes = texts.reduce((sum, { length }) => sum + length, 0) / 1e6
  console.log(
    [
      set,
      `${texts.length} documents`,
      `${(megabytes / seconds).toFixed(0)} million characters a second`,
      `marked ${marked.length}: share ≥ 0.75 ${right(NEARLY_SAME)}, ≥ 0.65 ${right(0.65)}`,
      `found of share ≥ 0.75 ${recall(NEARLY_SAME)}, ≥ 0.85 ${recall(0.85)}`,
    ].join(' | '),
  )
}

function measureLookups(count: number): void {
  const random = createRandom(1)
  const table = createLikeTable()
  const fresh = () => Uint8Array.from({ length: SKETCH }, () => random.below(256))
  let [adding, looking] = [0, 0]
  let last = fresh()
  for (let key = 0; key < count; key++) {
    if (key % 3 > 0) last = last.map(byte => (random.next() < 0.9 ? byte : random.below(256)))
    else last = fresh()
    const startedAt = performance.now()
    table.add(key, last)
    const addedAt = performance.now()
    table.nearest(key)
    looking += performance.now() - addedAt
    adding += addedAt - startedAt
  }
  const each = (milliseconds: number) => `${((1000 * milliseconds) / count).toFixed(1)} µs`
  console.log(`${count} documents: added in ${each(adding)}, looked up in ${each(looking)} each`)
}

for (const set of SETS) measure(set)
for (const count of [10_000, 100_000]) measureLookups(count)
