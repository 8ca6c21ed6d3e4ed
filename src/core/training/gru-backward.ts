/** The gradients of gated recurrent units (see gru.ts), back through time: Werbos 1990. */
import type { GruWeights, GruWork } from './gru.ts'
import type { TrainingKernels } from './kernels.ts'
import type { PackedSequences } from './packed-sequences.ts'

/**
 * After `runGru`: from the gradients of the last states (`lastGradient`, [all texts × hidden]) to those of the weights, which
 * are written to `gradient`, and those of the inputs, which are written in place of `work.inputs`.
 */
export function pullGruBack(
  kernels: TrainingKernels,
  weights: GruWeights,
  work: GruWork,
  packed: PackedSequences,
  lastGradient: Float32Array,
  gradient: GruWeights,
): void {
  const [steps = 0] = packed.sizes
  for (let step = steps - 1; step >= 0; step--) {
    startEnded(work, packed, step, lastGradient)
    for (let row = 0; row < (packed.alive[step] ?? 0); row++) {
      pullState(work, (packed.starts[step] ?? 0) + row, row)
    }
    clearFilled(work, packed, step)
    if (step > 0) pullProducts(kernels, weights, work, packed, step)
  }
  writeGradients(kernels, weights, work, packed, gradient)
}

/** The texts whose last piece is that of `step` get their gradient; before, they had none. */
function startEnded(
  { shape: { hidden }, stateGradient }: GruWork,
  { alive, order }: PackedSequences,
  step: number,
  lastGradient: Float32Array,
): void {
  for (let row = alive[step + 1] ?? 0; row < (alive[step] ?? 0); row++) {
    const text = order[row] ?? 0
    stateGradient.set(lastGradient.subarray(text * hidden, (text + 1) * hidden), row * hidden)
  }
}

/** The hot loop: indices are within bounds by construction. */
function pullState(
  { shape: { hidden }, gates, proposals, states, stateGradient }: GruWork,
  place: number,
  row: number,
): void {
  const [gate, own, from] = [3 * place * hidden, place * hidden, row * hidden]
  for (let j = 0; j < hidden; j++) {
    const [forR, forZ, forN] = [gate + j, gate + hidden + j, gate + 2 * hidden + j]
    const [r, z, n] = [at(gates, forR), at(gates, forZ), at(gates, forN)]
    const slope = at(stateGradient, from + j)
    const ofN = slope * (1 - z) * (1 - n * n)
    gates[forR] = ofN * at(proposals, own + j) * r * (1 - r)
    gates[forZ] = slope * (at(states, own + j) - n) * z * (1 - z)
    gates[forN] = ofN
    proposals[own + j] = ofN * r
    stateGradient[from + j] = slope * z
  }
}

/** Places where nothing stands pass nothing on. */
function clearFilled(
  { shape: { hidden }, gates, proposals }: GruWork,
  { alive, starts }: PackedSequences,
  step: number,
): void {
  const first = (starts[step] ?? 0) + (alive[step] ?? 0)
  const end = starts[step + 1] ?? 0
  gates.fill(0, 3 * first * hidden, 3 * end * hidden)
  proposals.fill(0, first * hidden, end * hidden)
}

/** Adds what comes back through U h to the gradients of the states before the step. */
function pullProducts(
  kernels: TrainingKernels,
  { recurrent }: GruWeights,
  work: GruWork,
  { alive, starts }: PackedSequences,
  step: number,
): void {
  const { hidden } = work.shape
  const [first, end] = [starts[step] ?? 0, starts[step + 1] ?? 0]
  const count = (alive[step] ?? 0) * hidden
  const shape = { m: end - first, n: hidden, k: 2 * hidden }
  const gates = work.gates.subarray(3 * first * hidden, 3 * end * hidden)
  kernels.multiply(gates, { row: 3 * hidden, column: 1 }, recurrent, work.products, shape)
  addTo(work.stateGradient, work.products, count)
  const proposals = work.proposals.subarray(first * hidden, end * hidden)
  const ofNew = recurrent.subarray(2 * hidden * hidden)
  kernels.multiply(proposals, { row: hidden, column: 1 }, ofNew, work.products, { ...shape, k: hidden })
  addTo(work.stateGradient, work.products, count)
}

/** All steps at once: the sums over places are products with what stood there. */
function writeGradients(
  kernels: TrainingKernels,
  weights: GruWeights,
  { shape: { inputs, hidden }, ...work }: GruWork,
  { sizes }: PackedSequences,
  gradient: GruWeights,
): void {
  const places = sizes[1] ?? 0
  if (places === 0) return clear(gradient)
  const byGate = { row: 1, column: 3 * hidden }
  const twice = 2 * hidden * hidden
  const states = { m: 2 * hidden, n: hidden, k: places }
  kernels.multiply(work.gates, byGate, work.states, gradient.recurrent.subarray(0, twice), states)
  const ofNew = gradient.recurrent.subarray(twice)
  kernels.multiply(work.proposals, { row: 1, column: hidden }, work.states, ofNew, { ...states, m: hidden })
  kernels.multiply(work.gates, byGate, work.inputs, gradient.input, { m: 3 * hidden, n: inputs, k: places })
  addColumns(work.gates, places, gradient.inputBias)
  gradient.recurrentBias.set(gradient.inputBias.subarray(0, 2 * hidden))
  addColumns(work.proposals, places, gradient.recurrentBias.subarray(2 * hidden))
  const shape = { m: places, n: inputs, k: 3 * hidden }
  kernels.multiply(work.gates, { row: 3 * hidden, column: 1 }, weights.input, work.inputs, shape)
}

function clear(gradient: GruWeights): void {
  for (const part of Object.values(gradient) as Float32Array[]) part.fill(0)
}

/** Writes the sums of the columns of [rows × sums.length]. */
function addColumns(values: Float32Array, rows: number, sums: Float32Array): void {
  const width = sums.length
  sums.fill(0)
  for (let row = 0; row < rows; row++) {
    for (let j = 0; j < width; j++) sums[j] = at(sums, j) + at(values, row * width + j)
  }
}

function addTo(target: Float32Array, values: Float32Array, count: number): void {
  for (let i = 0; i < count; i++) target[i] = at(target, i) + at(values, i)
}

function at(values: Float32Array, index: number): number {
  return values[index] as number
}
