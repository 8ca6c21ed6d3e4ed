/**
 * Reads safetensors files: eight bytes with the length of a JSON header, the header, the numbers
 * (https://huggingface.co/docs/safetensors). They come from strangers, so every place is checked.
 */
import { countOf, fieldsOf, listOf } from '../src/core/fields.ts'

export interface Tensor {
  readonly shape: readonly number[]
  readonly values: Float32Array
}

const MOST_HEADER_BYTES = 2 ** 22
const MOST_TENSORS = 4096
const MOST_AXES = 8

type Reader = (view: DataView, at: number) => number

interface NumberType {
  readonly bytes: number
  readonly read: Reader
}

const TYPES: Readonly<Record<string, NumberType>> = {
  F64: { bytes: 8, read: (view, at) => view.getFloat64(at, true) },
  F32: { bytes: 4, read: (view, at) => view.getFloat32(at, true) },
  F16: { bytes: 2, read: (view, at) => halfOf(view.getUint16(at, true)) },
  BF16: { bytes: 2, read: readBrain },
}

/** All tensors of floating-point numbers by their names. @throws Error with what was expected and what came. */
export function readSafetensors(bytes: Uint8Array): Map<string, Tensor> {
  if (bytes.length < 8) throw new Error(`expected a safetensors file, got ${bytes.length} bytes`)
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const length = Number(view.getBigUint64(0, true))
  const most = Math.min(bytes.length - 8, MOST_HEADER_BYTES)
  if (length > most) throw new Error(`expected a safetensors header of at most ${most} bytes, got ${length}`)
  const header = fieldsOf(parseJson(bytes.subarray(8, 8 + length)), 'the header')
  const entries = Object.entries(header).filter(([name]) => name !== '__metadata__')
  if (entries.length > MOST_TENSORS) {
    throw new Error(`expected at most ${MOST_TENSORS} tensors, got ${entries.length}`)
  }
  const numbers = new DataView(view.buffer, view.byteOffset + 8 + length, bytes.length - 8 - length)
  return new Map(entries.map(([name, entry]) => [name, readTensor(name, entry, numbers)]))
}

function parseJson(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes))
  } catch (cause) {
    throw new Error('expected a safetensors header in JSON, got something else', { cause })
  }
}

function readTensor(name: string, entry: unknown, numbers: DataView): Tensor {
  const { dtype, shape: sizes, data_offsets: offsets } = fieldsOf(entry, name)
  const type = TYPES[String(dtype)]
  if (type === undefined) {
    throw new Error(`expected ${name} to be of ${Object.keys(TYPES).join(', ')}, got ${String(dtype)}`)
  }
  const most = numbers.byteLength
  const shape = listOf(sizes, `${name}.shape`, MOST_AXES, (size, at) => countOf(size, at, 0, most))
  const count = shape.reduce((product, size) => product * size, 1)
  const [start = 0, end = 0] = listOf(offsets, `${name}.data_offsets`, 2, (at, what) =>
    countOf(at, what, 0, most),
  )
  if (end - start !== count * type.bytes) {
    throw new Error(`expected ${count * type.bytes} bytes for ${name}, got ${end - start}`)
  }
  const values = Float32Array.from({ length: count }, (_, i) => type.read(numbers, start + i * type.bytes))
  return { shape, values }
}

/** Sign, five bits of exponent, ten of fraction (IEEE 754 binary16). */
function halfOf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1
  const [exponent, fraction] = [(bits >> 10) & 31, bits & 1023]
  if (exponent === 31) return fraction === 0 ? sign * Infinity : Number.NaN
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1024 + fraction) * 2 ** (exponent - 25)
}

/** The upper half of an f32. */
function readBrain(view: DataView, at: number): number {
  return new Float32Array(Uint32Array.of(view.getUint16(at, true) << 16).buffer)[0] ?? 0
}
