/**
 * A recurrent tower as an ONNX graph: `input_ids`, `attention_mask` [batch, length] int64 → `embedding` [batch, outputs] f32
 * of length 1. The mask holds 1 for each piece of the text, in order, then 0.
 */
import type { GruShape, GruWeights } from '../src/core/training/gru.ts'
import { createGraphBuilder, DATA_TYPE } from './onnx-writer.ts'
import type { GraphBuilder } from './onnx-writer.ts'
import { unit } from './unit-graph.ts'

/** What is known of a layer: PyTorch's `nn.GRU`, `nn.RNN` (with tanh) and `nn.LSTM`. */
export type CellKind = 'gru' | 'rnn' | 'lstm'

interface Cell {
  readonly operator: string
  /** PyTorch's places of the parts of the matrices, in ONNX's order: z, r, n; i, o, f, c. */
  readonly parts: readonly number[]
  readonly attributes: Readonly<Record<string, number>>
}

const CELLS: Readonly<Record<CellKind, Cell>> = {
  gru: { operator: 'GRU', parts: [1, 0, 2], attributes: { linear_before_reset: 1 } },
  rnn: { operator: 'RNN', parts: [0], attributes: {} },
  lstm: { operator: 'LSTM', parts: [0, 3, 1, 2], attributes: {} },
}

/** The layer's matrices as PyTorch has them, whatever its kind. */
export type CellWeights = GruWeights

export interface RecurrentGraph {
  readonly vocabulary: number
  readonly cell: CellKind
  readonly shape: GruShape
  readonly outputs: number
  /** One for each piece; the table's scales are already in them. */
  readonly weights: Float32Array
  readonly layer: CellWeights
  /** From the last state to the embedding, before it gets length 1; without one, the state is the embedding. */
  readonly head?: AddHead
  /** File of the table [vocabulary × shape.inputs], row-major. */
  readonly table: { readonly file: string; readonly type: 'int8' | 'float' }
}

/** Adds nodes from rows [batch, hidden] to rows [batch, outputs]; returns the name of these. */
export type AddHead = (graph: GraphBuilder, states: string) => string

export function writeRecurrentGraph(options: RecurrentGraph): Uint8Array {
  const { outputs, head } = options
  const { float, int64 } = DATA_TYPE
  const graph = createGraphBuilder()
  const ids = graph.input('input_ids', int64, ['batch', 'length'])
  const mask = graph.input('attention_mask', int64, ['batch', 'length'])
  const state = lastState(graph, readInputs(graph, options, ids), mask, options)
  const embedding = head === undefined ? state : head(graph, state)
  unit(graph, embedding, 'embedding')
  graph.output('embedding', float, ['batch', outputs])
  return graph.build('tower')
}

/** [length, batch, inputs]: the weighted rows of the pieces. */
function readInputs(
  graph: GraphBuilder,
  { vocabulary, shape, weights, table }: RecurrentGraph,
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

function lastState(graph: GraphBuilder, inputs: string, mask: string, options: RecurrentGraph): string {
  const { float, int32, int64 } = DATA_TYPE
  const { operator, parts, attributes } = CELLS[options.cell]
  const { layer, shape } = options
  const rows = parts.length * shape.hidden
  const matrix = (values: Float32Array, columns: number): string =>
    graph.constant(float, [1, rows, columns], reorder(values, parts))
  const biases = [...reorder(layer.inputBias, parts), ...reorder(layer.recurrentBias, parts)]
  const bias = graph.constant(float, [1, 2 * rows], Float32Array.from(biases))
  const weights = [matrix(layer.input, shape.inputs), matrix(layer.recurrent, shape.hidden), bias]
  const columns = graph.constant(int64, [1], BigInt64Array.of(1n))
  const lengths = graph.node('ReduceSum', [mask, columns], { keepdims: 0 })
  const counts = graph.node('Cast', [lengths], { to: int32 })
  const sizes = { hidden_size: shape.hidden, ...attributes }
  const states = graph.node(operator, [inputs, ...weights, counts], sizes, 'last_states', 1)
  return graph.node('Squeeze', [states, graph.constant(int64, [1], BigInt64Array.of(0n))])
}

function reorder(values: Float32Array, parts: readonly number[]): Float32Array {
  const size = values.length / parts.length
  return Float32Array.from(parts.flatMap(part => [...values.subarray(part * size, (part + 1) * size)]))
}
