/** Finds the two towers among the tensors of a recurrent PyTorch model. */
import type { Tower } from '../src/core/ports/encoder.ts'
import type { GruShape } from '../src/core/training/gru.ts'
import type { LinearHead } from './linear-head-graph.ts'
import type { CellKind, CellWeights } from './recurrent-graph.ts'
import type { Tensor } from './safetensors.ts'

export interface RnnTower {
  readonly cell: CellKind
  readonly shape: GruShape
  readonly outputs: number
  /** Name of the tensor [pieces × shape.inputs]. */
  readonly embedding: string
  readonly layer: CellWeights
  readonly head?: LinearHead
}

export interface RnnOptions {
  /** Ids of the tokenizer are below this. */
  readonly vocabulary: number
  /** What stands in the names of one tower's tensors and not in those of the other; what has neither belongs to both. */
  readonly words: Readonly<Record<Tower, string>>
}

type Tensors = ReadonlyMap<string, Tensor>

const FIRST = 'weight_ih_l0'

/** Blocks of rows in a layer's matrices. */
const KINDS: Readonly<Record<number, CellKind>> = { 1: 'rnn', 3: 'gru', 4: 'lstm' }

/** @throws Error unless each tower has an embedding, one layer in one direction, and at most one linear head. */
export function rnnTowers(tensors: Tensors, options: RnnOptions): Readonly<Record<Tower, RnnTower>> {
  const other = [...tensors.keys()].find(name => /_l[1-9]|_reverse$/.test(name))
  if (other !== undefined) throw new Error(`expected one layer in one direction, got ${other}`)
  const placed = new Set<string>()
  const { query, document } = options.words
  const towers = {
    query: rnnTower(without(tensors, document), options.vocabulary, placed),
    document: rnnTower(without(tensors, query), options.vocabulary, placed),
  }
  const left = [...tensors.keys()].filter(name => !placed.has(name))
  if (left.length > 0) {
    throw new Error(
      `expected an embedding, one layer in one direction and at most one linear head, got also ${left.join(', ')}`,
    )
  }
  const outputs = [towers.query.outputs, towers.document.outputs]
  if (outputs[0] === outputs[1]) return towers
  throw new Error(`expected both towers to give equally many numbers, got ${outputs.join(' and ')}`)
}

function without(tensors: Tensors, word: string): Tensors {
  return new Map([...tensors].filter(([name]) => !name.includes(word)))
}

function rnnTower(tensors: Tensors, vocabulary: number, placed: Set<string>): RnnTower {
  const first = only(
    'a recurrent layer',
    [...tensors.keys()].filter(name => name.endsWith(FIRST)),
  )
  const stem = first.slice(0, -FIRST.length)
  const input = take(tensors, first, placed)
  const recurrent = take(tensors, `${stem}weight_hh_l0`, placed)
  const [rows = 0, inputs = 0] = input.shape
  const hidden = recurrent.shape[1] ?? 0
  const cell = KINDS[rows / hidden]
  if (cell === undefined || recurrent.shape[0] !== rows) {
    throw new Error(
      `expected an RNN, a GRU or an LSTM, got matrices of ${input.shape.join(' × ')} and ${recurrent.shape.join(' × ')}`,
    )
  }
  const bias = (name: string): Float32Array =>
    tensors.has(stem + name) ? take(tensors, stem + name, placed, [rows]).values : new Float32Array(rows)
  const layer = {
    input: input.values,
    recurrent: recurrent.values,
    inputBias: bias('bias_ih_l0'),
    recurrentBias: bias('bias_hh_l0'),
  }
  const embedding = findEmbedding(tensors, vocabulary, inputs)
  placed.add(embedding)
  const head = findHead(tensors, hidden, placed, [first, `${stem}weight_hh_l0`, embedding])
  const outputs = head === undefined ? hidden : head.matrix.length / hidden
  return { cell, shape: { inputs, hidden }, outputs, embedding, layer, ...(head !== undefined && { head }) }
}

function findEmbedding(tensors: Tensors, vocabulary: number, inputs: number): string {
  const fitting = [...tensors].filter(
    ([name, { shape }]) =>
      !name.includes('_l0') && shape.length === 2 && (shape[0] ?? 0) >= vocabulary && shape[1] === inputs,
  )
  return only(
    `an embedding of ${vocabulary} pieces or more and ${inputs} numbers`,
    fitting.map(([name]) => name),
  )
}

/** The matrix that is left, with its bias. */
function findHead(
  tensors: Tensors,
  hidden: number,
  placed: Set<string>,
  others: readonly string[],
): LinearHead | undefined {
  const names = [...tensors].filter(([name, { shape }]) => shape.length === 2 && !others.includes(name))
  if (names.length === 0) return undefined
  const name = only(
    'at most one linear head',
    names.map(([name]) => name),
  )
  const matrix = take(tensors, name, placed)
  const [outputs = 0] = matrix.shape
  if (matrix.shape[1] !== hidden) {
    throw new Error(`expected the head ${name} to read ${hidden} numbers, got ${matrix.shape.join(' × ')}`)
  }
  const bias = name.replace(/weight$/, 'bias')
  if (bias === name || !tensors.has(bias)) return { matrix: matrix.values }
  return { matrix: matrix.values, bias: take(tensors, bias, placed, [outputs]).values }
}

function take(tensors: Tensors, name: string, placed: Set<string>, shape?: readonly number[]): Tensor {
  const tensor = tensors.get(name)
  if (tensor === undefined)
    throw new Error(`expected a tensor ${name}, got ${[...tensors.keys()].join(', ')}`)
  if (shape !== undefined && String(shape) !== String(tensor.shape)) {
    throw new Error(`expected ${name} to be ${shape.join(' × ')}, got ${tensor.shape.join(' × ')}`)
  }
  placed.add(name)
  return tensor
}

function only(what: string, names: readonly string[]): string {
  const [name] = names
  if (name !== undefined && names.length === 1) return name
  throw new Error(`expected ${what} for each tower, got ${names.length === 0 ? 'none' : names.join(', ')}`)
}
