import type { GruShape, GruWeights } from './gru.ts'
import type { Random } from './random.ts'

/** Rows of the table start with a deviation of a twentieth: this brings what n is a function of to a quarter. */
const PROPOSAL_GAIN = 5
const GATE_GAIN = 0.5
const STATE_GAIN = 0.1

/**
 * Where gated recurrent units start from: near a bag of pieces, with small normal matrices and states that forget within
 * about `longest` pieces (the bias of z as in Tallec and Ollivier 2018, the same for all units). With σ(0) a state would forget
 * half at every piece, and the last state would know the last words of a text only.
 */
export function startGru(
  { input, recurrent, inputBias, recurrentBias }: GruWeights,
  { inputs, hidden }: GruShape,
  longest: number,
  random: Random,
): void {
  const gates = 2 * hidden * inputs
  fill(input.subarray(0, gates), GATE_GAIN / Math.sqrt(inputs), random)
  fill(input.subarray(gates), PROPOSAL_GAIN / Math.sqrt(inputs), random)
  fill(recurrent, STATE_GAIN / Math.sqrt(hidden), random)
  inputBias.fill(0)
  inputBias.fill(Math.log(longest), hidden, 2 * hidden)
  recurrentBias.fill(0)
}

function fill(values: Float32Array, deviation: number, random: Random): void {
  for (let i = 0; i < values.length; i++) values[i] = deviation * random.normal()
}
