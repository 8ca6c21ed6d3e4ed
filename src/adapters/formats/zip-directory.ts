import { failure } from '../../core/errors.ts'
import type { ReadRange } from './range-reader.ts'
import { sizeText, type ZipBudget } from './zip-limits.ts'
import { zipName } from './zip-names.ts'

/** An entry as the list at the end of the archive has it (APPNOTE 6.3.10, 4.3.12); nothing of it is to be trusted. */
export interface ZipRecord {
  readonly name: string
  readonly flags: number
  readonly method: number
  readonly crc: number
  readonly packedSize: number
  readonly size: number
  /** Of the local header, from the start of the file. */
  readonly offset: number
  /** Bytes of the name, as the list has it. */
  readonly nameLength: number
  /** Milliseconds since the epoch. */
  readonly modifiedAt: number | undefined
}

export interface ZipDirectory {
  readonly records: readonly ZipRecord[]
  /** Where the list begins: entries lie before it. */
  readonly start: number
}

const END_SIZE = 22
const LONGEST_COMMENT = 0xffff
const LOCATOR_SIZE = 20
const END64_SIZE = 56
const RECORD_SIZE = 46

/** @throws UnreadableFile when the file is no archive, is cut off, or has more entries than the budget allows. */
export async function readZipDirectory(
  read: ReadRange,
  fileSize: number,
  budget: ZipBudget,
): Promise<ZipDirectory> {
  const { start, end, shift } = await locate(read, fileSize)
  const most = budget.limits.directoryBytes
  if (end - start > most) throw broken(`its list of files is larger than ${sizeText(most)}`)
  const bytes = await read(start, end)
  if (bytes.length < end - start) throw broken('it is cut off')
  return { records: recordsIn(bytes, shift, budget), start }
}

/** `shift`: how many bytes were put in front of the archive, as programs that unpack themselves do. */
async function locate(read: ReadRange, fileSize: number) {
  const tailAt = Math.max(0, fileSize - END_SIZE - LONGEST_COMMENT)
  const tail = viewOf(await read(tailAt, fileSize))
  const at = findEnd(tail)
  if (at === undefined) throw broken('its end is missing; it may be cut off, or be something else')
  const disk = tail.getUint16(at + 4, true)
  const size = tail.getUint32(at + 12, true)
  const offset = tail.getUint32(at + 16, true)
  const end = tailAt + at
  const large = await locate64(read, end)
  if (large !== undefined) return placed(large.end, large.size, large.offset)
  if (disk !== 0 && disk !== 0xffff) throw broken('it is one part of several; join them first')
  return placed(end, size, offset)
}

function placed(end: number, size: number, offset: number) {
  const start = end - size
  if (start < offset) throw broken('its list of files is not where it should be')
  return { start, end, shift: start - offset }
}

/** The last end record whose comment fits into the file. */
function findEnd(tail: DataView): number | undefined {
  for (let at = tail.byteLength - END_SIZE; at >= 0; at--) {
    if (tail.getUint32(at, true) !== 0x06054b50) continue
    if (at + END_SIZE + tail.getUint16(at + 20, true) <= tail.byteLength) return at
  }
  return undefined
}

/** Of an archive with large numbers (APPNOTE 4.3.14 and 4.3.15); `undefined` when it has none. */
async function locate64(read: ReadRange, end: number) {
  if (end < LOCATOR_SIZE + END64_SIZE) return undefined
  const locator = viewOf(await read(end - LOCATOR_SIZE, end))
  if (locator.getUint32(0, true) !== 0x07064b50) return undefined
  // Where it should be, whatever was put in front of the archive; its own length is hardly ever another.
  for (const at of [end - LOCATOR_SIZE - END64_SIZE, number64(locator, 8)]) {
    const record = viewOf(await read(at, at + END64_SIZE))
    if (record.byteLength < END64_SIZE || record.getUint32(0, true) !== 0x06064b50) continue
    return { end: at, size: number64(record, 40), offset: number64(record, 48) }
  }
  throw broken('its end is damaged')
}

function recordsIn(bytes: Uint8Array, shift: number, budget: ZipBudget): ZipRecord[] {
  const view = viewOf(bytes)
  const records: ZipRecord[] = []
  for (let at = 0; at + RECORD_SIZE <= bytes.length && view.getUint32(at, true) === 0x02014b50; ) {
    const length =
      RECORD_SIZE + [28, 30, 32].reduce((sum, field) => sum + view.getUint16(at + field, true), 0)
    if (at + length > bytes.length) throw broken('its list of files is cut off')
    budget.takeEntry()
    records.push(recordAt(bytes.subarray(at, at + length), shift))
    at += length
  }
  return records
}

function recordAt(bytes: Uint8Array, shift: number): ZipRecord {
  const view = viewOf(bytes)
  const nameLength = view.getUint16(28, true)
  const extraAt = RECORD_SIZE + nameLength
  const extras = extraFields(bytes.subarray(extraAt, extraAt + view.getUint16(30, true)))
  const flags = view.getUint16(8, true)
  const large = largeNumbers(extras.get(0x0001))
  const or64 = (field: number) => {
    const value = view.getUint32(field, true)
    return value === 0xffffffff ? (large() ?? value) : value
  }
  // In this order: the large numbers stand in a row, only those that are needed.
  const size = or64(24)
  const packedSize = or64(20)
  const offset = or64(42) + shift
  return {
    name: zipName(bytes.subarray(RECORD_SIZE, extraAt), flags, extras.get(0x7075)),
    flags,
    method: view.getUint16(10, true),
    crc: view.getUint32(16, true),
    packedSize,
    size,
    offset,
    nameLength,
    modifiedAt: unixTime(extras.get(0x5455)) ?? dosTime(view.getUint16(14, true), view.getUint16(12, true)),
  }
}

function extraFields(bytes: Uint8Array): Map<number, Uint8Array> {
  const view = viewOf(bytes)
  const fields = new Map<number, Uint8Array>()
  for (let at = 0; at + 4 <= bytes.length; ) {
    const end = at + 4 + view.getUint16(at + 2, true)
    if (end > bytes.length) break
    fields.set(view.getUint16(at, true), bytes.subarray(at + 4, end))
    at = end
  }
  return fields
}

function largeNumbers(field: Uint8Array = new Uint8Array(0)): () => number | undefined {
  let at = 0
  return () => {
    if (at + 8 > field.length) return undefined
    at += 8
    return number64(viewOf(field), at - 8)
  }
}

/** The field of Info-ZIP: seconds since 1970, when its first flag says that they are there. */
function unixTime(field: Uint8Array | undefined): number | undefined {
  if (field === undefined || field.length < 5 || ((field[0] ?? 0) & 1) === 0) return undefined
  return viewOf(field).getInt32(1, true) * 1000
}

/** Local time, of whoever packed it; nobody knows where that was. */
function dosTime(date: number, time: number): number | undefined {
  const day = date & 31
  const month = (date >> 5) & 15
  if (day === 0 || month === 0 || month > 12) return undefined
  return new Date(1980 + (date >> 9), month - 1, day, time >> 11, (time >> 5) & 63, (time & 31) * 2).getTime()
}

/** Beyond 2^53 it is no longer exact, and larger than any file either way. */
function number64(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true))
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
}

function broken(what: string): Error {
  return failure('UnreadableFile', `The archive cannot be opened: ${what}.`)
}
