/**
 * A tower as an ONNX graph: `input_ids`, `attention_mask` [batch, length] int64 → `embedding` [batch, dimension] f32 of
 * length 1; a text without pieces gives zeros. The mask holds how often each distinct piece stands in the text.
 */
import { addHead } from './head-graph.ts'
import type { HeadNumbers } from './head-graph.ts'
import { createGraphBuilder, DATA_TYPE } from './onnx-writer.ts'
import type { GraphBuilder } from './onnx-writer.ts'

export interface TowerGraph {
  readonly vocabulary: number
  readonly dimension: number
  /** One for each piece; the table's scales are already in them. */
  readonly weights: Float32Array
  readonly head: HeadNumbers
  /** File of the int8 table, row-major. */
  readonly tableFile: string
}

/** Keeps 0 / 0 from being a number that is none. */
const LEAST_LENGTH = 1e-12

export function writeTowerGraph({ vocabulary, dimension, weights, head, tableFile }: TowerGraph): Uint8Array {
  const graph = createGraphBuilder()
  const { float, int8, int64 } = DATA_TYPE
  const ids = graph.input('input_ids', int64, ['batch', 'length'])
  const mask = graph.input('attention_mask', int64, ['batch', 'length'])
  const table = graph.externalConstant(int8, [vocabulary, dimension], tableFile, vocabulary * dimension)
  const middle = graph.constant(int64, [1], BigInt64Array.of(1n))
  const rows = graph.node('Cast', [graph.node('Gather', [table, ids], { axis: 0 })], { to: float })
  const weight = graph.node('Gather', [graph.constant(float, [vocabulary], weights), ids], { axis: 0 })
  const masked = graph.node('Mul', [weight, repeatFactors(graph, graph.node('Cast', [mask], { to: float }))])
  // [batch, 1, length] · [batch, length, dimension]: the weighted sum as a product, the fastest form measured.
  const sum = graph.node('MatMul', [graph.node('Unsqueeze', [masked, middle]), rows])
  const pooled = unit(graph, graph.node('Squeeze', [sum, middle]))
  unit(graph, addHead(graph, head, pooled), 'embedding')
  graph.output('embedding', float, ['batch', dimension])
  return graph.build('tower')
}

/** 1 + ln n for a piece that stands n times, 0 for padding: min(n, 1) + ln max(n, 1). */
function repeatFactors(graph: GraphBuilder, counts: string): string {
  const one = graph.constant(DATA_TYPE.float, [], Float32Array.of(1))
  const logarithm = graph.node('Log', [graph.node('Max', [counts, one])])
  return graph.node('Add', [graph.node('Min', [counts, one]), logarithm])
}

function unit(graph: GraphBuilder, rows: string, name?: string): string {
  const length = graph.node('ReduceL2', [rows], { axes: [-1], keepdims: 1 })
  const least = graph.constant(DATA_TYPE.float, [], Float32Array.of(LEAST_LENGTH))
  return graph.node('Div', [rows, graph.node('Max', [length, least])], {}, name)
}
