/** One file of a header and named arrays, which is either whole or not there. */
import { open, rename } from 'node:fs/promises'
import type { FileHandle } from 'node:fs/promises'

export type NumberArray = Float32Array | Int32Array

export interface ArraysFile {
  /** What JSON can hold. */
  readonly header: unknown
  readonly arrays: ReadonlyMap<string, NumberArray>
}

const FORMAT = 'belfry arrays 1'
const LENGTH_BYTES = 8

/** Replaces the file when all is on the disk, so that whoever stops it half-way finds the old one. */
export async function writeArrays(path: string, { header, arrays }: ArraysFile): Promise<void> {
  const draft = `${path}.draft`
  const list = [...arrays].map(([name, array]) => ({ name, kind: kindOf(array), length: array.length }))
  const head = Buffer.from(JSON.stringify({ format: FORMAT, header, arrays: list }))
  const length = Buffer.alloc(LENGTH_BYTES)
  length.writeBigUInt64LE(BigInt(head.length))
  const file = await open(draft, 'w')
  try {
    for (const part of [length, head]) await file.writeFile(part)
    for (const { buffer, byteOffset, byteLength } of arrays.values()) {
      await file.writeFile(Buffer.from(buffer, byteOffset, byteLength))
    }
    await file.sync()
  } finally {
    await file.close()
  }
  await rename(draft, path)
}

/** @throws Error when the file is not of this kind, or cut short. */
export async function readArrays(path: string): Promise<ArraysFile> {
  const file = await open(path, 'r')
  try {
    const { size } = await file.stat()
    const { header, list } = parseHead(path, await readHead(file, path, size))
    const arrays = new Map<string, NumberArray>()
    for (const { name, kind, length } of list) {
      const array = kind === 'f32' ? new Float32Array(length) : new Int32Array(length)
      await fill(file, Buffer.from(array.buffer), path)
      arrays.set(name, array)
    }
    return { header, arrays }
  } finally {
    await file.close()
  }
}

interface ArrayEntry {
  readonly name: string
  readonly kind: 'f32' | 'i32'
  readonly length: number
}

async function readHead(file: FileHandle, path: string, size: number): Promise<string> {
  const length = Buffer.alloc(LENGTH_BYTES)
  await fill(file, length, path)
  const bytes = length.readBigUInt64LE()
  if (bytes > size) throw new Error(`expected a checkpoint of a run in ${path}, got something else`)
  const head = Buffer.alloc(Number(bytes))
  await fill(file, head, path)
  return head.toString('utf8')
}

function parseHead(path: string, text: string): { header: unknown; list: readonly ArrayEntry[] } {
  const head = JSON.parse(text) as { format?: unknown; header?: unknown; arrays?: unknown }
  if (head.format !== FORMAT || !Array.isArray(head.arrays)) {
    throw new Error(`expected the format "${FORMAT}" in ${path}, got ${JSON.stringify(head.format)}`)
  }
  return { header: head.header, list: head.arrays as ArrayEntry[] }
}

async function fill(file: FileHandle, target: Buffer, path: string): Promise<void> {
  let done = 0
  while (done < target.length) {
    const { bytesRead } = await file.read(target, done, target.length - done)
    if (bytesRead === 0)
      throw new Error(`expected ${target.length - done} more bytes in ${path}, found its end`)
    done += bytesRead
  }
}

function kindOf(array: NumberArray): 'f32' | 'i32' {
  return array instanceof Float32Array ? 'f32' : 'i32'
}
