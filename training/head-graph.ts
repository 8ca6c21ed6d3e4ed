/** A head as nodes of an ONNX graph: rows [batch, dimension] → rows [batch, dimension]. Dropout is nothing here. */
import { quantiseRows } from '../src/core/training/quantise-rows.ts'
import { reluHeadParts } from '../src/core/training/relu-head.ts'
import type { HeadPlan } from '../src/core/training/training-shape.ts'
import { DATA_TYPE } from './onnx-writer.ts'
import type { GraphBuilder } from './onnx-writer.ts'

export interface HeadNumbers {
  readonly kind: HeadPlan['kind']
  readonly dimension: number
  /** What the head has learned, as it holds it in training. */
  readonly values: Float32Array
}

/** Returns the name of the rows that come out, right but for a factor above 0; zeros for zeros. */
export function addHead(graph: GraphBuilder, head: HeadNumbers, input: string): string {
  const { kind, dimension, values } = head
  if (kind === 'linear') return multiply(graph, input, values, dimension)
  const { matrices, gains, shifts } = reluHeadParts(values, dimension)
  let rows = input
  for (const layer of [0, 1] as const) {
    const inner = multiply(graph, rows, matrices[layer], dimension)
    const [gain, shift] = [gains[layer], shifts[layer]].map(row =>
      graph.constant(DATA_TYPE.float, [dimension], row),
    )
    // The operator's own defaults are the last axis and 1e-5, as in training.
    const normal = graph.node('LayerNormalization', [inner, gain ?? '', shift ?? ''])
    rows = graph.node('Relu', [normal])
  }
  const output = multiply(graph, rows, matrices[2], dimension)
  // The norm would make something of a text without pieces: times its length, it stays a row of zeros.
  const length = graph.node('ReduceL2', [input], { axes: [-1], keepdims: 1 })
  return graph.node('Mul', [output, length])
}

/** The matrix as int8, a quarter of the room, with a scale for each of its rows. */
function multiply(graph: GraphBuilder, rows: string, matrix: Float32Array, dimension: number): string {
  const { float, int8 } = DATA_TYPE
  const { codes, scales } = quantiseRows(matrix, dimension)
  const columns = graph.constant(int8, [dimension, dimension], transpose(codes, dimension))
  const product = graph.node('MatMul', [rows, graph.node('Cast', [columns], { to: float })])
  return graph.node('Mul', [product, graph.constant(float, [dimension], scales)])
}

function transpose(matrix: Int8Array, size: number): Int8Array {
  return matrix.map((_, at) => matrix[(at % size) * size + Math.floor(at / size)] ?? 0)
}
