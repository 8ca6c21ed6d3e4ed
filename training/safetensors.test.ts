import { describe, expect, it } from 'vitest'
import { readSafetensors } from './safetensors.ts'

function file(header: unknown, numbers: ArrayBuffer = new ArrayBuffer(0)): Uint8Array {
  const json = new TextEncoder().encode(JSON.stringify(header))
  const length = new Uint8Array(new BigUint64Array([BigInt(json.length)]).buffer)
  return Uint8Array.from([...length, ...json, ...new Uint8Array(numbers)])
}

const entry = (dtype: string, shape: readonly number[], from: number, to: number) => ({
  dtype,
  shape,
  data_offsets: [from, to],
})

describe('a safetensors file', () => {
  it('gives its tensors in every width of numbers', () => {
    const numbers = new ArrayBuffer(28)
    new Float32Array(numbers, 0, 2).set([1.5, -2])
    new Float64Array(numbers, 8, 1).set([0.25])
    // 1, −2, the smallest and the largest number of binary16; 1 and −0.5 of bfloat16.
    new Uint16Array(numbers, 16, 6).set([0x3c00, 0xc000, 0x0001, 0x7bff, 0x3f80, 0xbf00])
    const tensors = readSafetensors(
      file(
        {
          __metadata__: { format: 'pt' },
          a: entry('F32', [2, 1], 0, 8),
          b: entry('F64', [], 8, 16),
          c: entry('F16', [4], 16, 24),
          d: entry('BF16', [2], 24, 28),
        },
        numbers,
      ),
    )
    expect(tensors).toEqual(
      new Map([
        ['a', { shape: [2, 1], values: Float32Array.of(1.5, -2) }],
        ['b', { shape: [], values: Float32Array.of(0.25) }],
        ['c', { shape: [4], values: Float32Array.of(1, -2, 2 ** -24, 65504) }],
        ['d', { shape: [2], values: Float32Array.of(1, -0.5) }],
      ]),
    )
  })

  it.each([
    ['too short', Uint8Array.of(1, 2), 'safetensors file, got 2 bytes'],
    ['whose header is longer than itself', new Uint8Array(9).fill(255), 'header of at most 1 bytes'],
    ['whose header is no JSON', Uint8Array.of(1, 0, 0, 0, 0, 0, 0, 0, 65), 'header in JSON'],
    ['with whole numbers', file({ a: entry('I64', [0], 0, 0) }), 'to be of F64, F32, F16, BF16, got I64'],
    [
      'whose tensor ends behind it',
      file({ a: entry('F32', [2], 0, 8) }, new ArrayBuffer(4)),
      'from 0 to 4, got 8',
    ],
    [
      'whose tensor has bytes for another shape',
      file({ a: entry('F32', [2], 0, 4) }, new ArrayBuffer(4)),
      'expected 8 bytes for a, got 4',
    ],
  ])('%s is refused', (_, bytes, sentence) => {
    expect(() => readSafetensors(bytes)).toThrow(sentence)
  })
})
