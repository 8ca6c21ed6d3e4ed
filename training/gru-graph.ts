/**
 * A recurrent tower as an ONNX graph: `input_ids`, `attention_mask` [batch, length] int64 → `embedding` [batch, outputs] f32
 * of length 1. The mask holds 1 for each piece of the text, in order, then 0.
 */
import type { GruShape, GruWeights } from '../src/core/training/gru.ts'
import { createGraphBuilder, DATA_TYPE } from './onnx-writer.ts'
import type { GraphBuilder } from './onnx-writer.ts'

export interface GruGraph {
  readonly vocabulary: number
  readonly shape: GruShape
  readonly outputs: number
  /** One for each piece; the table's scales are already in them. */
  readonly weights: Float32Array
  readonly gru: GruWeights
  /** From the last state to the embedding, before it gets length 1; without one, the state is the embedding. */
  readonly head?: LinearHead
  /** File of the table [vocabulary × shape.inputs], row-major. */
  readonly table: { readonly file: string; readonly type: 'int8' | 'float' }
}

export interface LinearHead {
  /** [outputs × hidden] */
  readonly matrix: Float32Array
  /** [outputs] */
  readonly bias?: Float32Array
}

/** Keeps 0 / 0 from being a number that is none. */
const LEAST_LENGTH = 1e-12

export function writeGruGraph(options: GruGraph): Uint8Array {
  const { shape, outputs, gru, head } = options
  const { float, int64 } = DATA_TYPE
  const graph = createGraphBuilder()
  const ids = graph.input('input_ids', int64, ['batch', 'length'])
  const mask = graph.input('attention_mask', int64, ['batch', 'length'])
  const state = lastState(graph, readInputs(graph, options, ids), mask, shape, gru)
  const embedding = head === undefined ? state : multiply(graph, state, head, shape.hidden, outputs)
  const length = graph.node('ReduceL2', [embedding], { axes: [-1], keepdims: 1 })
  const least = graph.constant(float, [], Float32Array.of(LEAST_LENGTH))
  graph.node('Div', [embedding, graph.node('Max', [length, least])], {}, 'embedding')
  graph.output('embedding', float, ['batch', outputs])
  return graph.build('tower')
}

/** [length, batch, inputs]: the weighted rows of the pieces. */
function readInputs(
  graph: GraphBuilder,
  { vocabulary, shape, weights, table }: GruGraph,
  ids: string,
): string {
  const { float, int8, int64 } = DATA_TYPE
  const bytes = vocabulary * shape.inputs * (table.type === 'int8' ? 1 : 4)
  const type = table.type === 'int8' ? int8 : float
  const rows = graph.externalConstant(type, [vocabulary, shape.inputs], table.file, bytes)
  const steps = graph.node('Transpose', [ids], { perm: [1, 0] })
  const gathered = graph.node('Gather', [rows, steps], { axis: 0 })
  const numbers = table.type === 'int8' ? graph.node('Cast', [gathered], { to: float }) : gathered
  const weight = graph.node('Gather', [graph.constant(float, [vocabulary], weights), steps], { axis: 0 })
  const last = graph.constant(int64, [1], BigInt64Array.of(2n))
  return graph.node('Mul', [numbers, graph.node('Unsqueeze', [weight, last])])
}

function lastState(
  graph: GraphBuilder,
  inputs: string,
  mask: string,
  { inputs: width, hidden }: GruShape,
  gru: GruWeights,
): string {
  const { float, int32, int64 } = DATA_TYPE
  const matrix = (values: Float32Array, columns: number): string =>
    graph.constant(float, [1, 3 * hidden, columns], updateFirst(values))
  const biases = [...updateFirst(gru.inputBias), ...updateFirst(gru.recurrentBias)]
  const bias = graph.constant(float, [1, 6 * hidden], Float32Array.from(biases))
  const columns = graph.constant(int64, [1], BigInt64Array.of(1n))
  const lengths = graph.node('ReduceSum', [mask, columns], { keepdims: 0 })
  const states = graph.node(
    'GRU',
    [
      inputs,
      matrix(gru.input, width),
      matrix(gru.recurrent, hidden),
      bias,
      graph.node('Cast', [lengths], { to: int32 }),
    ],
    { hidden_size: hidden, linear_before_reset: 1 },
    'last_states',
    1,
  )
  const direction = graph.constant(int64, [1], BigInt64Array.of(0n))
  return graph.node('Squeeze', [states, direction])
}

/** From rows of r, z, n to ONNX's z, r, n. */
function updateFirst(rows: Float32Array): Float32Array {
  const third = rows.length / 3
  const part = (gate: number): Float32Array => rows.subarray(gate * third, (gate + 1) * third)
  return Float32Array.from([...part(1), ...part(0), ...part(2)])
}

function multiply(
  graph: GraphBuilder,
  rows: string,
  { matrix, bias }: LinearHead,
  from: number,
  to: number,
): string {
  const { float } = DATA_TYPE
  const weights = graph.constant(float, [to, from], matrix)
  const zeros = bias ?? new Float32Array(to)
  return graph.node('Gemm', [rows, weights, graph.constant(float, [to], zeros)], { transB: 1 })
}
