/** `tsx bench/trainer/our-steps.ts FILE STEPS THREADS`: prints pairs a second and the losses of the steps as JSON. */
import { SIDES } from '../../src/core/training/tower-state.ts'
import { PLAIN_PLAN } from '../../src/core/training/training-shape.ts'
import { startTrainer } from '../../training/parallel-trainer.ts'
import { MAX_TOKENS, readWork, SIZES } from './work-file.ts'

const [path = '', steps = '10', threads = '2'] = process.argv.slice(2)
const { vocabulary, dimension, batch } = SIZES
const work = await readWork(path)
const sizes = { vocabulary, dimension, batch, maxTokens: MAX_TOKENS, threads: Number(threads) }
const { worker, step, close } = await startTrainer({ ...PLAIN_PLAN, ...sizes })
const { table, towers } = worker.state
table.values.set(work.table)
for (const side of SIDES) {
  towers[side].weights.fill(1)
  towers[side].factors.fill(1)
  for (let d = 0; d < dimension; d++) towers[side].head.values[d * dimension + d] = 1
}

/** Steps that are not timed: until all code is compiled. */
const WARM_UP = 4
const losses: number[] = []
let start = 0
for (let n = 0; n < WARM_UP + Number(steps); n++) {
  if (n === WARM_UP) start = performance.now()
  for (const side of SIDES) {
    const bags = work.batches[n % SIZES.batches]?.[side]
    if (bags === undefined) continue
    towers[side].ids.set(bags.ids)
    towers[side].offsets.set(bags.offsets)
  }
  const rates = { sharpness: 20, tableRate: 0.02, denseRate: 0.002 }
  losses.push(step({ pairs: batch, negatives: 0, step: n + 1, ...rates }))
}
const seconds = (performance.now() - start) / 1000
console.log(JSON.stringify({ pairsPerSecond: (Number(steps) * batch) / seconds, losses }))
await close()
