/** From recurrent towers of PyTorch to the files of a model. */
import type { Tower } from '../src/core/ports/encoder.ts'
import { quantiseRows } from '../src/core/training/quantise-rows.ts'
import { linearHead } from './linear-head-graph.ts'
import { writeRecurrentGraph } from './recurrent-graph.ts'
import type { RnnTower } from './rnn-towers.ts'
import type { Tensor } from './safetensors.ts'

/** Bits of a number in the table. */
export type TableBits = 8 | 32

interface Table {
  readonly file: string
  readonly bytes: Uint8Array
  /** What the numbers of each row are to be multiplied by. */
  readonly scales: Float32Array
}

export interface ConvertedTowers {
  readonly files: Map<string, Uint8Array>
  /** Each tower's table, which both may share. */
  readonly tables: Readonly<Record<Tower, string>>
}

/** Two graphs, `query.onnx` and `document.onnx`, and the tables that they read. */
export function convertTowers(
  towers: Readonly<Record<Tower, RnnTower>>,
  tensors: ReadonlyMap<string, Tensor>,
  bits: TableBits,
): ConvertedTowers {
  const isShared = towers.query.embedding === towers.document.embedding
  const tableOf = (side: Tower): Table => {
    const tensor = tensors.get(towers[side].embedding)
    if (tensor === undefined) throw new Error(`expected a tensor ${towers[side].embedding}, got none`)
    return makeTable(isShared ? 'table.bin' : `${side}-table.bin`, tensor, bits)
  }
  const query = tableOf('query')
  const document = isShared ? query : tableOf('document')
  const files = new Map([
    ['query.onnx', graphOf(towers.query, query, bits)],
    ['document.onnx', graphOf(towers.document, document, bits)],
    [query.file, query.bytes],
    [document.file, document.bytes],
  ])
  return { files, tables: { query: query.file, document: document.file } }
}

function makeTable(file: string, { shape, values }: Tensor, bits: TableBits): Table {
  const [pieces = 0, width = 0] = shape
  if (bits === 32) {
    return { file, bytes: new Uint8Array(values.buffer), scales: new Float32Array(pieces).fill(1) }
  }
  const { codes, scales } = quantiseRows(values, width)
  return { file, bytes: new Uint8Array(codes.buffer), scales }
}

function graphOf({ head, ...tower }: RnnTower, { file, scales }: Table, bits: TableBits): Uint8Array {
  const table = { file, type: bits === 8 ? 'int8' : 'float' } as const
  return writeRecurrentGraph({
    ...tower,
    vocabulary: scales.length,
    weights: scales,
    table,
    ...(head !== undefined && { head: linearHead(head, tower.outputs) }),
  })
}
