import { DATA_TYPE } from './onnx-writer.ts'
import type { AddHead } from './recurrent-graph.ts'

/** PyTorch's `nn.Linear`. */
export interface LinearHead {
  /** [outputs × inputs] */
  readonly matrix: Float32Array
  /** [outputs] */
  readonly bias?: Float32Array
}

/** The nodes of a linear head that gives so many numbers. */
export function linearHead({ matrix, bias }: LinearHead, outputs: number): AddHead {
  return (graph, rows) => {
    const weights = graph.constant(DATA_TYPE.float, [outputs, matrix.length / outputs], matrix)
    const added = graph.constant(DATA_TYPE.float, [outputs], bias ?? new Float32Array(outputs))
    return graph.node('Gemm', [rows, weights, added], { transB: 1 })
  }
}
