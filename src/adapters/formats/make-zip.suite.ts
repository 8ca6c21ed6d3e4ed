import { deflateRawSync } from 'node:zlib'
import { crc32 } from './crc32.ts'

/** A file to pack; what is said of it can be made to differ from what is there. */
export interface PackedFile {
  readonly name: string | Uint8Array
  readonly content: string | Uint8Array
  readonly stored?: boolean
  readonly flags?: number
  readonly method?: number
  readonly crc?: number
  /** Instead of the content's. */
  readonly size?: number
  /** Instead of what the content packs to. */
  readonly packed?: Uint8Array
  /** Of another file of the archive, instead of a local header of its own. */
  readonly sameAs?: number
  /** Seconds since the epoch. */
  readonly modified?: number
}

/** An archive, put together byte by byte. */
export function makeZip(
  files: readonly PackedFile[],
  { zip64 = false, comment = '' } = {},
): Uint8Array<ArrayBuffer> {
  const parts: Buffer[] = []
  const list: Buffer[] = []
  const offsets: number[] = []
  let at = 0
  const put = (bytes: Buffer) => {
    parts.push(bytes)
    at += bytes.length
  }
  for (const file of files) {
    const offset = file.sameAs === undefined ? at : (offsets[file.sameAs] ?? 0)
    offsets.push(offset)
    const { name, fields, packed, extra } = described(file)
    list.push(record(name, fields, extra, offset, zip64))
    if (file.sameAs !== undefined) continue
    put(Buffer.concat([local(name, fields), packed]))
  }
  const start = at
  for (const bytes of list) put(bytes)
  put(end(files.length, at - start, start, zip64, comment))
  return new Uint8Array(Buffer.concat(parts))
}

export function blobOf(bytes: Uint8Array<ArrayBuffer>): Blob {
  return new Blob([bytes])
}

function described(file: PackedFile) {
  const content = Buffer.from(file.content)
  const packed = Buffer.from(file.packed ?? (file.stored === true ? content : deflateRawSync(content)))
  const flags = file.flags ?? (typeof file.name === 'string' ? 0x800 : 0)
  const fields = Buffer.alloc(20)
  fields.writeUInt16LE(flags, 0)
  fields.writeUInt16LE(file.method ?? (file.stored === true ? 0 : 8), 2)
  fields.writeUInt16LE(0x0021, 6)
  fields.writeUInt32LE(file.crc ?? crc32(content), 8)
  fields.writeUInt32LE(packed.length, 12)
  fields.writeUInt32LE(file.size ?? content.length, 16)
  return { name: Buffer.from(file.name), fields, packed, extra: timeField(file.modified) }
}

function timeField(seconds: number | undefined): Buffer {
  if (seconds === undefined) return Buffer.alloc(0)
  const field = Buffer.alloc(9)
  field.writeUInt16LE(0x5455, 0)
  field.writeUInt16LE(5, 2)
  field.writeUInt8(1, 4)
  field.writeInt32LE(seconds, 5)
  return field
}

function local(name: Buffer, fields: Buffer): Buffer {
  return Buffer.concat([Buffer.from('PK\x03\x04\x14\0'), fields, uint16(name.length), uint16(0), name])
}

function record(name: Buffer, fields: Buffer, extra: Buffer, offset: number, zip64: boolean): Buffer {
  const large = Buffer.alloc(zip64 ? 28 : 0)
  const small = Buffer.from(fields)
  if (zip64) {
    large.writeUInt16LE(1, 0)
    large.writeUInt16LE(24, 2)
    large.writeBigUInt64LE(BigInt(fields.readUInt32LE(16)), 4)
    large.writeBigUInt64LE(BigInt(fields.readUInt32LE(12)), 12)
    large.writeBigUInt64LE(BigInt(offset), 20)
    small.writeUInt32LE(0xffffffff, 12)
    small.writeUInt32LE(0xffffffff, 16)
  }
  const rest = Buffer.alloc(16)
  rest.writeUInt16LE(extra.length + large.length, 0)
  rest.writeUInt32LE(zip64 ? 0xffffffff : offset, 12)
  const head = Buffer.from('PK\x01\x02\x14\0\x14\0')
  return Buffer.concat([head, small, uint16(name.length), rest, name, extra, large])
}

function end(count: number, size: number, start: number, zip64: boolean, comment: string): Buffer {
  const large = Buffer.alloc(zip64 ? 76 : 0)
  if (zip64) {
    large.write('PK\x06\x06', 0, 'latin1')
    large.writeBigUInt64LE(44n, 4)
    large.writeBigUInt64LE(BigInt(count), 24)
    large.writeBigUInt64LE(BigInt(count), 32)
    large.writeBigUInt64LE(BigInt(size), 40)
    large.writeBigUInt64LE(BigInt(start), 48)
    large.write('PK\x06\x07', 56, 'latin1')
    large.writeBigUInt64LE(BigInt(start + size), 64)
    large.writeUInt32LE(1, 72)
  }
  const small = Buffer.alloc(22)
  small.write('PK\x05\x06', 0, 'latin1')
  small.writeUInt16LE(count & 0xffff, 8)
  small.writeUInt16LE(count & 0xffff, 10)
  small.writeUInt32LE(zip64 ? 0xffffffff : size, 12)
  small.writeUInt32LE(zip64 ? 0xffffffff : start, 16)
  small.writeUInt16LE(comment.length, 20)
  return Buffer.concat([large, small, Buffer.from(comment, 'latin1')])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}
