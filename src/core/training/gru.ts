/**
 * A layer of gated recurrent units (Cho et al. 2014) in the convention of PyTorch's `nn.GRU`, which is that of ONNX's `GRU`
 * with `linear_before_reset = 1`; σ is the logistic function, ∘ goes number by number:
 *
 *   r  = σ(W_r x + b_r + U_r h + c_r)             what of the state a new one looks at
 *   z  = σ(W_z x + b_z + U_z h + c_z)             what of the state stays
 *   n  = tanh(W_n x + b_n + r ∘ (U_n h + c_n))
 *   h′ = (1 − z) ∘ n + z ∘ h
 *
 * Rows of the matrices come as PyTorch has them: r, z, n (ONNX: z, r, n). The state before the first piece is zero.
 */
import type { Arena } from './arena.ts'
import type { SequenceRoom } from './packed-sequences.ts'

export interface GruShape {
  /** Numbers in an input and in a state: multiples of four with SIMD kernels. */
  readonly inputs: number
  readonly hidden: number
}

export interface GruWeights {
  /** W [3·hidden × inputs], PyTorch's `weight_ih_l0`. */
  readonly input: Float32Array
  /** U [3·hidden × hidden], `weight_hh_l0`. */
  readonly recurrent: Float32Array
  /** b [3·hidden], `bias_ih_l0`. */
  readonly inputBias: Float32Array
  /** c [3·hidden], `bias_hh_l0`. */
  readonly recurrentBias: Float32Array
}

export function gruLength({ inputs, hidden }: GruShape): number {
  return 3 * hidden * (inputs + hidden + 2)
}

/** The parts of `gruLength(shape)` numbers, one behind the other. */
export function gruWeights(values: Float32Array, { inputs, hidden }: GruShape): GruWeights {
  const rows = 3 * hidden
  const recurrent = rows * inputs
  const biases = recurrent + rows * hidden
  return {
    input: values.subarray(0, recurrent),
    recurrent: values.subarray(recurrent, biases),
    inputBias: values.subarray(biases, biases + rows),
    recurrentBias: values.subarray(biases + rows, biases + 2 * rows),
  }
}

/** What a pass forward leaves for the pass back, for each place of the packed sequences. */
export interface GruWork {
  readonly shape: GruShape
  /** [places × inputs]: the inputs; after the pass back, their gradients. */
  readonly inputs: Float32Array
  /** [places × 3·hidden]: r, z and n; on the way back, the gradients of what they are functions of. */
  readonly gates: Float32Array
  /** [places × hidden]: U_n h + c_n; on the way back, its gradient. */
  readonly proposals: Float32Array
  /** [places × hidden]: the state before the piece. */
  readonly states: Float32Array
  /** [texts × 3·hidden]: for one step. */
  readonly products: Float32Array
  /** [texts × hidden] */
  readonly stateGradient: Float32Array
}

export function layOutGru(arena: Arena, shape: GruShape, { texts, places }: SequenceRoom): GruWork {
  const { inputs, hidden } = shape
  return {
    shape,
    inputs: arena.float32(places * inputs),
    gates: arena.float32(places * 3 * hidden),
    proposals: arena.float32(places * hidden),
    states: arena.float32(places * hidden),
    products: arena.float32(texts * 3 * hidden),
    stateGradient: arena.float32(texts * hidden),
  }
}

/** Numbers that `layOutGru` takes. */
export function gruRoom({ inputs, hidden }: GruShape, { texts, places }: SequenceRoom): number {
  return places * (inputs + 5 * hidden) + texts * 4 * hidden
}
