import { DATA_TYPE } from './onnx-writer.ts'
import type { GraphBuilder } from './onnx-writer.ts'

/** Keeps 0 / 0 from being a number that is none. */
const LEAST_LENGTH = 1e-12

/** Nodes that give each row length 1 and leave a row of zeros as it is; returns the name of the rows that come out. */
export function unit(graph: GraphBuilder, rows: string, name?: string): string {
  const length = graph.node('ReduceL2', [rows], { axes: [-1], keepdims: 1 })
  const least = graph.constant(DATA_TYPE.float, [], Float32Array.of(LEAST_LENGTH))
  return graph.node('Div', [rows, graph.node('Max', [length, least])], {}, name)
}
