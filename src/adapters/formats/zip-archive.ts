import type { LibraryBlob } from '../../core/ports/files.ts'
import { cleanPath } from './clean-path.ts'
import { crc32 } from './crc32.ts'
import { createRangeReader, type ReadRange } from './range-reader.ts'
import { readZipDirectory, type ZipRecord } from './zip-directory.ts'
import { inflated, packedBytes } from './zip-inflate.ts'
import { createZipBudget, sizeText, type ZipBudget } from './zip-limits.ts'
import { unreadableEntry } from './zip-problems.ts'

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
  if (problem !== undefined) throw unreadableEntry(path, problem)
  if (record.size > budget.limits.entryBytes) throw tooLarge(path, budget)
  const pieces = packedBytes(path, record, read)
  let size = 0
  let crc = 0
  for await (const bytes of record.method === STORED ? pieces : inflated(path, pieces)) {
    size += bytes.length
    check(path, record, size, budget)
    budget.takeBytes(bytes.length)
    crc = crc32(bytes, crc)
    yield bytes
  }
  if (size < record.size) throw unreadableEntry(path, 'is damaged: it holds less than the archive declares')
  if (crc !== record.crc) throw unreadableEntry(path, 'is damaged: its checksum does not fit')
}

function check(path: string, record: ZipRecord, size: number, { limits }: ZipBudget): void {
  if (size > record.size) throw unreadableEntry(path, 'is damaged: it holds more than the archive declares')
  if (size <= limits.ratioFreeBytes || size <= record.packedSize * limits.ratio) return
  throw unreadableEntry(path, `unpacks to more than ${limits.ratio} times its size, as only a bomb does`)
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
  return unreadableEntry(
    path,
    `is larger than ${sizeText(limits.entryBytes)}, the most that Belfry reads of one file`,
  )
}
