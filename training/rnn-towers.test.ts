import { describe, expect, it } from 'vitest'
import { rnnTowers } from './rnn-towers.ts'
import type { Tensor } from './safetensors.ts'

const OPTIONS = { vocabulary: 10, words: { query: 'query', document: 'doc' } }

function tensor(...shape: number[]): Tensor {
  return { shape, values: new Float32Array(shape.reduce((product, size) => product * size, 1)) }
}

/** A GRU that both towers share, from 3 to 2 numbers. */
const SHARED = {
  'words.weight': tensor(10, 3),
  'gru.weight_ih_l0': tensor(6, 3),
  'gru.weight_hh_l0': tensor(6, 2),
  'gru.bias_ih_l0': tensor(6),
  'gru.bias_hh_l0': tensor(6),
}

const towersOf = (tensors: Readonly<Record<string, Tensor>>) =>
  rnnTowers(new Map(Object.entries(tensors)), OPTIONS)

describe('the towers of a recurrent model', () => {
  it('may share everything', () => {
    const { query, document } = towersOf(SHARED)
    expect(query).toEqual(document)
    expect(query).toMatchObject({
      cell: 'gru',
      shape: { inputs: 3, hidden: 2 },
      outputs: 2,
      embedding: 'words.weight',
    })
  })

  it('may have heads of their own, with a bias or without', () => {
    const heads = { 'query.fc.weight': tensor(4, 2), 'doc.fc.weight': tensor(4, 2), 'doc.fc.bias': tensor(4) }
    const { query, document } = towersOf({ ...SHARED, ...heads })
    expect(query.head).toEqual({ matrix: new Float32Array(8) })
    expect(document.head).toEqual({ matrix: new Float32Array(8), bias: new Float32Array(4) })
    expect(query.outputs).toBe(4)
  })

  it('may lack the biases of the layer', () => {
    const { 'gru.bias_ih_l0': _, 'gru.bias_hh_l0': __, ...rest } = SHARED
    expect(towersOf(rest).query.layer.inputBias).toEqual(new Float32Array(6))
  })

  it.each([
    ['no layer', { 'words.weight': tensor(10, 3) }, 'expected a recurrent layer for each tower, got none'],
    ['a second layer', { ...SHARED, 'gru.weight_ih_l1': tensor(6, 2) }, 'got gru.weight_ih_l1'],
    [
      'both directions',
      { ...SHARED, 'gru.weight_ih_l0_reverse': tensor(6, 3) },
      'in one direction, got gru.weight_ih_l0_reverse',
    ],
    ['five gates', { ...SHARED, 'gru.weight_ih_l0': tensor(10, 3) }, 'got matrices of 10 × 3 and 6 × 2'],
    ['too few pieces', { ...SHARED, 'words.weight': tensor(9, 3) }, 'expected an embedding of 10 pieces'],
    ['two heads', { ...SHARED, a: tensor(4, 2), b: tensor(2, 4) }, 'got a, b'],
    ['a head of another width', { ...SHARED, 'fc.weight': tensor(4, 3) }, 'to read 2 numbers, got 4 × 3'],
    ['a bias too many', { ...SHARED, 'other.bias': tensor(2) }, 'got also other.bias'],
    ['a bias of another size', { ...SHARED, 'gru.bias_hh_l0': tensor(5) }, 'to be 6, got 5'],
    [
      'vectors of two sizes',
      { ...SHARED, 'query.weight': tensor(4, 2) },
      'expected both towers to give equally many numbers, got 4 and 2',
    ],
  ])('are refused with %s', (_, tensors, sentence) => {
    expect(() => towersOf(tensors)).toThrow(sentence)
  })
})
