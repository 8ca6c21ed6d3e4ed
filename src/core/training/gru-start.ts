import type { GruShape, GruWeights } from './gru.ts'
import type { Random } from './random.ts'

/** Rows of the table start with a deviation of a twentieth: this brings what n is a function of to about a half. */
const PROPOSAL_GAIN = 10
const GATE_GAIN = 2
const STATE_GAIN = 0.5

/**
 * Where gated recurrent units start from: normal matrices, and states that forget within 2 to `longest` pieces, each unit at
 * a pace of its own (Tallec and Ollivier 2018). With σ(0) a state would forget half at every piece, and the last state would
 * know the last words of a text only.
 */
export function startGru(
  { input, recurrent, inputBias, recurrentBias }: GruWeights,
  { inputs, hidden }: GruShape,
  longest: number,
  random: Random,
): void {
  const first = 2 * hidden
  fill(input.subarray(0, first * inputs), GATE_GAIN / Math.sqrt(inputs), random)
  fill(input.subarray(first * inputs), PROPOSAL_GAIN / Math.sqrt(inputs), random)
  fill(recurrent, STATE_GAIN / Math.sqrt(hidden), random)
  inputBias.fill(0)
  recurrentBias.fill(0)
  for (let j = 0; j < hidden; j++) {
    inputBias[hidden + j] = Math.log(1 + random.next() * Math.max(1, longest - 2))
  }
}

function fill(values: Float32Array, deviation: number, random: Random): void {
  for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal()
}
