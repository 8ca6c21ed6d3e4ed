import { failure } from '../../core/errors.ts'
import type { LibraryBlob } from '../../core/ports.ts'
import { cleanPath } from './clean-path.ts'
import { crc32 } from './crc32.ts'
import { createRangeReader, type ReadRange } from './range-reader.ts'
import { readZipDirectory, type ZipRecord } from './zip-directory.ts'
import { createZipBudget, sizeText, type ZipBudget } from './zip-limits.ts'

export interface ZipEntry {
  /** Cleaned, never empty. Two entries may have the same. */
  readonly path: string
  readonly isFolder: boolean
  /** Bytes, as the archive declares them: no more will come out. */
  readonly size: number
  readonly modifiedAt: number | undefined
}

/** An open archive. Every reading of an entry throws UnreadableFile, with a sentence, when it cannot be done. */
export interface ZipArchive {
  readonly entries: readonly ZipEntry[]
  /** The first entry of this path, whatever its case. */
  entry(path: string): ZipEntry | undefined
  /** The entry's bytes as they are unpacked; its CRC has been checked when the last has come. */
  stream(entry: ZipEntry): AsyncGenerator<Uint8Array<ArrayBuffer>>
  /** The entry's bytes, all of them. */
  read(entry: ZipEntry): Promise<Uint8Array<ArrayBuffer>>
}

interface PlacedEntry extends ZipEntry {
  readonly record: ZipRecord
  /** Why it cannot be read. */
  readonly problem: string | undefined
}

const LOCAL_SIZE = 30
const STORED = 0
const DEFLATED = 8
const ENCRYPTED = 0x41
const METHODS: Readonly<Record<number, string>> = {
  1: 'Shrink',
  6: 'Implode',
  9: 'Deflate64',
  12: 'BZIP2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
}
/** Chromium unpacks all that it is given before it hands anything on: at deflate's best ratio, 16 MiB of it. */
const PIECE = 16 * 1024

/**
 * Opens an archive without reading it whole: only its list of entries. All that is unpacked counts against `budget`.
 * @throws UnreadableFile when it is no archive, is cut off, or has more entries than the budget allows.
 */
export async function openZip(blob: LibraryBlob, budget: ZipBudget = createZipBudget()): Promise<ZipArchive> {
  const read = createRangeReader(blob)
  const { records, start } = await readZipDirectory(read, blob.size, budget)
  const overlapping = overlaps(records, start)
  const entries = records.map((record, i) => entryOf(record, i, overlapping.has(record)))
  const placed: ReadonlyMap<ZipEntry, PlacedEntry> = new Map(entries.map(entry => [entry, entry]))
  const byPath = new Map<string, ZipEntry>()
  for (const entry of entries.toReversed()) byPath.set(entry.path.toLowerCase(), entry)
  const stream = (entry: ZipEntry) => {
    const known = placed.get(entry)
    if (known === undefined) throw new Error(`expected an entry of this archive, got ${entry.path}`)
    return unpacked(known, read, budget)
  }
  return {
    entries,
    entry: path => byPath.get(path.toLowerCase()),
    stream,
    read: entry => gather(stream(entry)),
  }
}

function entryOf(record: ZipRecord, i: number, overlapping: boolean): PlacedEntry {
  const { name, size, modifiedAt } = record
  return {
    path: cleanPath(name) || `unnamed ${i + 1}`,
    isFolder: /[/\\]$/.test(name),
    size,
    modifiedAt,
    record,
    problem: problemOf(record, overlapping),
  }
}

function problemOf({ flags, method }: ZipRecord, overlapping: boolean): string | undefined {
  if (overlapping)
    return 'shares its bytes with other files of the archive, as only a damaged or hostile one does'
  if (flags & ENCRYPTED || method === 99) return 'is protected with a password'
  if (method === STORED || method === DEFLATED) return undefined
  return `is packed in a way that Belfry does not know (${METHODS[method] ?? `method ${method}`})`
}

/** Entries whose bytes are also those of another, or of the list: how small bombs become large ones (Fifield, 2019). */
function overlaps(records: readonly ZipRecord[], end: number): ReadonlySet<ZipRecord> {
  const found = new Set<ZipRecord>()
  let furthest: ZipRecord | undefined
  for (const record of records.toSorted((a, b) => a.offset - b.offset)) {
    if (endOf(record) > end) found.add(record)
    if (furthest !== undefined && record.offset < endOf(furthest)) found.add(record).add(furthest)
    if (furthest === undefined || endOf(record) > endOf(furthest)) furthest = record
  }
  return found
}

/** At least: the local header may have fields that the list does not know. */
function endOf(record: ZipRecord): number {
  return record.offset + LOCAL_SIZE + record.nameLength + record.packedSize
}

async function* unpacked(
  { path, record, problem }: PlacedEntry,
  read: ReadRange,
  budget: ZipBudget,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  if (problem !== undefined) throw unreadable(path, problem)
  if (record.size > budget.limits.entryBytes) throw tooLarge(path, budget)
  const pieces = packed(path, record, read)
  let size = 0
  let crc = 0
  for await (const bytes of record.method === STORED ? pieces : inflated(path, pieces)) {
    size += bytes.length
    check(path, record, size, budget)
    budget.takeBytes(bytes.length)
    crc = crc32(bytes, crc)
    yield bytes
  }
  if (size < record.size) throw unreadable(path, 'is damaged: it holds less than the archive declares')
  if (crc !== record.crc) throw unreadable(path, 'is damaged: its checksum does not fit')
}

function check(path: string, record: ZipRecord, size: number, { limits }: ZipBudget): void {
  if (size > record.size) throw unreadable(path, 'is damaged: it holds more than the archive declares')
  if (size <= limits.ratioFreeBytes || size <= record.packedSize * limits.ratio) return
  throw unreadable(path, `unpacks to more than ${limits.ratio} times its size, as only a bomb does`)
}

async function* packed(
  path: string,
  record: ZipRecord,
  read: ReadRange,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const header = await read(record.offset, record.offset + LOCAL_SIZE)
  const view = new DataView(header.buffer, header.byteOffset, header.byteLength)
  if (header.length < LOCAL_SIZE || view.getUint32(0, true) !== 0x04034b50) {
    throw unreadable(path, 'is damaged: it is not where the archive says')
  }
  const start = record.offset + LOCAL_SIZE + view.getUint16(26, true) + view.getUint16(28, true)
  const end = start + record.packedSize
  for (let at = start; at < end; at += PIECE) {
    const bytes = await read(at, Math.min(end, at + PIECE))
    if (bytes.length === 0) throw unreadable(path, 'is cut off')
    yield bytes
  }
}

async function* inflated(
  path: string,
  pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const reader = streamOf(pieces).pipeThrough(new DecompressionStream('deflate-raw')).getReader()
  try {
    for (;;) {
      const { done, value } = await orDamaged(path, () => reader.read())
      if (done) return
      yield value
    }
  } finally {
    // It rejects with what was thrown already.
    await reader.cancel().catch(() => undefined)
  }
}

function streamOf(pieces: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream<Uint8Array<ArrayBuffer>>(
    {
      async pull(controller) {
        const { done, value } = await pieces.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      async cancel() {
        await pieces.return(undefined)
      },
    },
    { highWaterMark: 0 },
  )
}

async function orDamaged<T>(path: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (error instanceof Error && error.name === 'UnreadableFile') throw error
    throw unreadable(path, 'is damaged: it cannot be unpacked', error)
  }
}

async function gather(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array[] = []
  let size = 0
  for await (const bytes of pieces) {
    all.push(bytes)
    size += bytes.length
  }
  const whole = new Uint8Array(size)
  let at = 0
  for (const bytes of all) {
    whole.set(bytes, at)
    at += bytes.length
  }
  return whole
}

function tooLarge(path: string, { limits }: ZipBudget): Error {
  return unreadable(
    path,
    `is larger than ${sizeText(limits.entryBytes)}, the most that Belfry reads of one file`,
  )
}

function unreadable(path: string, what: string, cause?: unknown): Error {
  return failure('UnreadableFile', `\`${path}\` ${what}.`, cause)
}
