/**
 * A tower as an ONNX graph: `input_ids`, `attention_mask` [batch, length] int64 → `embedding` [batch, dimension] f32 of
 * length 1; a text without pieces gives zeros. The mask holds how often each distinct piece stands in the text.
 */
import type { Bits } from '../src/core/training/quantise-rows.ts'
import { addHead } from './head-graph.ts'
import type { HeadNumbers } from './head-graph.ts'
import { createGraphBuilder, DATA_TYPE } from './onnx-writer.ts'
import type { GraphBuilder } from './onnx-writer.ts'
import { unit } from './unit-graph.ts'

export interface TowerGraph {
  readonly vocabulary: number
  readonly dimension: number
  /** One for each piece; the table's scales are already in them. */
  readonly weights: Float32Array
  readonly head: HeadNumbers
  /** Row-major: int8, or 4 bits as `packHalves` lays them out. */
  readonly table: { readonly file: string; readonly bits: Bits }
}

export function writeTowerGraph(tower: TowerGraph): Uint8Array {
  const { vocabulary, dimension, weights, head, table } = tower
  const graph = createGraphBuilder()
  const { float, int64 } = DATA_TYPE
  const ids = graph.input('input_ids', int64, ['batch', 'length'])
  const mask = graph.input('attention_mask', int64, ['batch', 'length'])
  const weight = graph.node('Gather', [graph.constant(float, [vocabulary], weights), ids], { axis: 0 })
  const masked = graph.node('Mul', [weight, repeatFactors(graph, graph.node('Cast', [mask], { to: float }))])
  const sum =
    table.bits === 8 ? sumOfBytes(graph, tower, ids, masked) : sumOfHalves(graph, tower, ids, masked)
  unit(graph, addHead(graph, head, unit(graph, sum)), 'embedding')
  graph.output('embedding', float, ['batch', dimension])
  return graph.build('tower')
}

function sumOfBytes(graph: GraphBuilder, tower: TowerGraph, ids: string, factors: string): string {
  const { vocabulary, dimension, table } = tower
  const { float, int8 } = DATA_TYPE
  const codes = graph.externalConstant(int8, [vocabulary, dimension], table.file, vocabulary * dimension)
  const rows = graph.node('Cast', [graph.node('Gather', [codes, ids], { axis: 0 })], { to: float })
  return weightedSum(graph, factors, rows)
}

/**
 * A byte is b = low + 16 · high. Sums are linear, so Σ low = Σ b − 16 · Σ high: only the high halves are taken out of the
 * bytes, which costs half of what unpacking both would. The 8 that was added to each code comes off at the end.
 */
function sumOfHalves(graph: GraphBuilder, tower: TowerGraph, ids: string, factors: string): string {
  const { vocabulary, dimension, table } = tower
  const { float, uint8, int64 } = DATA_TYPE
  const half = dimension / 2
  const number = (value: number): string => graph.constant(float, [], Float32Array.of(value))
  const bytes = graph.externalConstant(uint8, [vocabulary, half], table.file, vocabulary * half)
  const rows = graph.node('Cast', [graph.node('Gather', [bytes, ids], { axis: 0 })], { to: float })
  const highs = graph.node('Floor', [graph.node('Mul', [rows, number(1 / 16)])])
  const sumOfHighs = weightedSum(graph, factors, highs)
  const sumOfLows = graph.node('Sub', [
    weightedSum(graph, factors, rows),
    graph.node('Mul', [sumOfHighs, number(16)]),
  ])
  const last = graph.constant(int64, [1], BigInt64Array.of(-1n))
  const added = graph.node('Mul', [graph.node('ReduceSum', [factors, last], { keepdims: 1 }), number(8)])
  return graph.node('Sub', [graph.node('Concat', [sumOfLows, sumOfHighs], { axis: -1 }), added])
}

/** [batch, 1, length] · [batch, length, width]: the weighted sum as a product, the fastest form measured. */
function weightedSum(graph: GraphBuilder, factors: string, rows: string): string {
  const middle = graph.constant(DATA_TYPE.int64, [1], BigInt64Array.of(1n))
  const product = graph.node('MatMul', [graph.node('Unsqueeze', [factors, middle]), rows])
  return graph.node('Squeeze', [product, middle])
}

/** 1 + ln n for a piece that stands n times, 0 for padding: min(n, 1) + ln max(n, 1). */
function repeatFactors(graph: GraphBuilder, counts: string): string {
  const one = graph.constant(DATA_TYPE.float, [], Float32Array.of(1))
  const logarithm = graph.node('Log', [graph.node('Max', [counts, one])])
  return graph.node('Add', [graph.node('Min', [counts, one]), logarithm])
}
