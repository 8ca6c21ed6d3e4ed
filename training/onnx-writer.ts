/**
 * Writes ONNX models: the few messages of onnx.proto3 that a small graph needs, as protocol buffers.
 * Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto3.
 */

export const DATA_TYPE = { float: 1, uint8: 2, int8: 3, int32: 6, int64: 7 } as const

type DataType = (typeof DATA_TYPE)[keyof typeof DATA_TYPE]

/** A protocol buffer message under construction. */
interface Message {
  readonly parts: readonly Uint8Array[]
}

type Attribute = number | readonly number[]

export interface GraphBuilder {
  input(name: string, type: DataType, shape: readonly (number | string)[]): string
  output(name: string, type: DataType, shape: readonly (number | string)[]): void
  /** A constant inside the model. */
  constant(type: DataType, shape: readonly number[], values: Float32Array | Int8Array | BigInt64Array): string
  /** A constant whose bytes stand in another file. */
  externalConstant(type: DataType, shape: readonly number[], file: string, bytes: number): string
  /** A node of which one output is used, the first unless `place` says another; returns the output's name. */
  node(
    operator: string,
    inputs: readonly string[],
    attributes?: Readonly<Record<string, Attribute>>,
    name?: string,
    place?: number,
  ): string
  build(name: string): Uint8Array
}

const OPSET = 17
const IR_VERSION = 8

export function createGraphBuilder(): GraphBuilder {
  const nodes: Message[] = []
  const constants: Message[] = []
  const inputs: Message[] = []
  const outputs: Message[] = []
  let names = 0
  const fresh = (kind: string): string => `${kind}_${names++}`
  return {
    input(name, type, shape) {
      inputs.push(valueInfo(name, type, shape))
      return name
    },
    output(name, type, shape) {
      outputs.push(valueInfo(name, type, shape))
    },
    constant(type, shape, values) {
      const name = fresh('constant')
      const raw = new Uint8Array(values.buffer, values.byteOffset, values.byteLength)
      constants.push(message(...tensorHead(name, type, shape), bytes(9, raw)))
      return name
    },
    externalConstant(type, shape, file, length) {
      const name = fresh('constant')
      const places = Object.entries({ location: file, offset: '0', length: String(length) })
      const entries = places.map(([key, value]) => nested(13, message(text(1, key), text(2, value))))
      constants.push(message(...tensorHead(name, type, shape), ...entries, whole(14, 1)))
      return name
    },
    node(operator, from, attributes = {}, name = fresh(operator.toLowerCase()), place = 0) {
      // An output without a name is left out.
      const to = [...Array.from({ length: place }, () => ''), name]
      nodes.push(
        message(
          ...from.map(input => text(1, input)),
          ...to.map(output => text(2, output)),
          text(3, `${name}_node`),
          text(4, operator),
          ...Object.entries(attributes).map(([key, value]) => nested(5, attribute(key, value))),
        ),
      )
      return name
    },
    build(name) {
      const graph = message(
        ...nodes.map(node => nested(1, node)),
        text(2, name),
        ...constants.map(constant => nested(5, constant)),
        ...inputs.map(input => nested(11, input)),
        ...outputs.map(output => nested(12, output)),
      )
      const opset = message(text(1, ''), whole(2, OPSET))
      return join(message(whole(1, IR_VERSION), text(2, 'belfry'), nested(7, graph), nested(8, opset)).parts)
    },
  }
}

function tensorHead(name: string, type: DataType, shape: readonly number[]): Uint8Array[] {
  return [...shape.map(size => whole(1, size)), whole(2, type), text(8, name)]
}

function valueInfo(name: string, type: DataType, shape: readonly (number | string)[]): Message {
  const sizes = shape.map(size =>
    nested(1, message(typeof size === 'number' ? whole(1, size) : text(2, size))),
  )
  const tensor = message(whole(1, type), nested(2, message(...sizes)))
  return message(text(1, name), nested(2, message(nested(1, tensor))))
}

const ATTRIBUTE_TYPE = { int: 2, ints: 7 } as const

function attribute(name: string, value: Attribute): Message {
  if (typeof value === 'number') return message(text(1, name), whole(3, value), whole(20, ATTRIBUTE_TYPE.int))
  return message(text(1, name), ...value.map(item => whole(8, item)), whole(20, ATTRIBUTE_TYPE.ints))
}

function message(...parts: readonly Uint8Array[]): Message {
  return { parts }
}

function whole(field: number, value: number): Uint8Array {
  return Uint8Array.from([...variable(field << 3), ...variable(value)])
}

function text(field: number, value: string): Uint8Array {
  return bytes(field, new TextEncoder().encode(value))
}

function nested(field: number, { parts }: Message): Uint8Array {
  return bytes(field, join(parts))
}

function bytes(field: number, value: Uint8Array): Uint8Array {
  return join([Uint8Array.from([...variable((field << 3) | 2), ...variable(value.length)]), value])
}

/** Seven bits a byte, the lowest first; also for the two's complement of a negative number. */
function variable(value: number): number[] {
  const result: number[] = []
  let left = BigInt.asUintN(64, BigInt(value))
  while (left >= 128n) {
    result.push(Number(left & 127n) | 128)
    left >>= 7n
  }
  return [...result, Number(left)]
}

function join(parts: readonly Uint8Array[]): Uint8Array {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0))
  let at = 0
  for (const part of parts) {
    joined.set(part, at)
    at += part.length
  }
  return joined
}
