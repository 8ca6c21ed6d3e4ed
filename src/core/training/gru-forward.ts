/** Reads packed sequences with gated recurrent units (see gru.ts). */
import type { GruWeights, GruWork } from './gru.ts'
import type { TrainingKernels } from './kernels.ts'
import type { PackedSequences } from './packed-sequences.ts'

/**
 * Writes the last state of every packed text to its row of `last` [all texts × hidden], zeros for a text without a piece.
 * `work.inputs` holds the inputs.
 */
export function runGru(
  kernels: TrainingKernels,
  weights: GruWeights,
  work: GruWork,
  packed: PackedSequences,
  last: Float32Array,
): void {
  const { inputs, hidden } = work.shape
  const [steps = 0, places = 0, texts = 0] = packed.sizes
  // All products with inputs are one: they wait for no state.
  const shape = { m: places, n: 3 * hidden, k: inputs }
  kernels.multiplyTransposed(work.inputs.subarray(0, places * inputs), weights.input, work.gates, shape)
  work.states.fill(0, 0, (packed.starts[1] ?? 0) * hidden)
  for (let step = 0; step < steps; step++) {
    multiplyStates(kernels, weights, work, packed, step)
    takeStep(weights, work, packed, step, last)
  }
  for (let row = packed.alive[0] ?? 0; row < texts; row++) {
    const text = packed.order[row] ?? 0
    last.fill(0, text * hidden, (text + 1) * hidden)
  }
}

/** `work.products` = U h for the texts of the step. */
function multiplyStates(
  kernels: TrainingKernels,
  weights: GruWeights,
  work: GruWork,
  { starts }: PackedSequences,
  step: number,
): void {
  const { hidden } = work.shape
  const [first, end] = [starts[step] ?? 0, starts[step + 1] ?? 0]
  const states = work.states.subarray(first * hidden, end * hidden)
  const shape = { m: end - first, n: 3 * hidden, k: hidden }
  kernels.multiplyTransposed(states, weights.recurrent, work.products, shape)
}

/** Gates and new states of one step; states go to the next step's places, or to `last` when their text is at its end. */
function takeStep(
  weights: GruWeights,
  work: GruWork,
  { starts, alive, order }: PackedSequences,
  step: number,
  last: Float32Array,
): void {
  const { hidden } = work.shape
  const [first, next] = [starts[step] ?? 0, starts[step + 1] ?? 0]
  const [here, going] = [alive[step] ?? 0, alive[step + 1] ?? 0]
  for (let row = 0; row < here; row++) {
    const goesOn = row < going
    const target = goesOn ? work.states : last
    const to = (goesOn ? next + row : (order[row] ?? 0)) * hidden
    updateState(weights, work, first + row, row, target, to)
  }
  const filled = starts[step + 2] ?? next
  if (going > 0) work.states.fill(0, (next + going) * hidden, filled * hidden)
}

/** The hot loop: indices are within bounds by construction. */
function updateState(
  { inputBias, recurrentBias }: GruWeights,
  { shape: { hidden }, gates, products, proposals, states }: GruWork,
  place: number,
  row: number,
  target: Float32Array,
  to: number,
): void {
  const [gate, product, own] = [3 * place * hidden, 3 * row * hidden, place * hidden]
  const twice = 2 * hidden
  for (let j = 0; j < hidden; j++) {
    const [forR, forZ, forN] = [gate + j, gate + hidden + j, gate + twice + j]
    const r = logistic(at(gates, forR) + at(inputBias, j) + at(products, product + j) + at(recurrentBias, j))
    const z = logistic(
      at(gates, forZ) +
        at(inputBias, hidden + j) +
        at(products, product + hidden + j) +
        at(recurrentBias, hidden + j),
    )
    const proposal = at(products, product + twice + j) + at(recurrentBias, twice + j)
    const n = Math.tanh(at(gates, forN) + at(inputBias, twice + j) + r * proposal)
    gates[forR] = r
    gates[forZ] = z
    gates[forN] = n
    proposals[own + j] = proposal
    target[to + j] = (1 - z) * n + z * at(states, own + j)
  }
}

function logistic(x: number): number {
  return 1 / (1 + Math.exp(-x))
}

function at(values: Float32Array, index: number): number {
  return values[index] as number
}
