import { failure } from '../../core/errors.ts'

/** What an archive from a stranger may cost. Bytes are those that really come out, whatever the archive declares. */
export interface ZipLimits {
  /** Of one entry. */
  readonly entryBytes: number
  /** Of all entries that are read, those of archives within the archive included. */
  readonly totalBytes: number
  /** Entries, those of archives within the archive included. */
  readonly entries: number
  /** Bytes out for each byte in. */
  readonly ratio: number
  /** Bytes of one entry up to which any ratio will do. */
  readonly ratioFreeBytes: number
  /** Bytes of the list of entries. */
  readonly directoryBytes: number
  /** Archives in each other; 1 is the archive alone. */
  readonly depth: number
}

const MEBIBYTE = 1024 * 1024

/**
 * One entry must fit into a tab's memory twice (its pieces, and the whole), a phone's tab has about 1 GB, and the largest
 * worksheets that people have are about 200 MB. The total keeps an archive's work within minutes. Text deflates to a
 * twentieth, worksheets and logs of equal lines to a hundredth; deflate cannot do better than 1032, and bombs come near
 * it. Up to 8 MiB a bomb harms nobody, and small files of one repeated byte are common. 100,000 entries are more than a
 * folder that anybody zips; each costs about 100 bytes of list.
 */
export const ZIP_LIMITS: ZipLimits = {
  entryBytes: 256 * MEBIBYTE,
  totalBytes: 1024 * MEBIBYTE,
  entries: 100_000,
  ratio: 250,
  ratioFreeBytes: 8 * MEBIBYTE,
  directoryBytes: 32 * MEBIBYTE,
  depth: 3,
}

/** What is left of the limits that hold for an archive and all archives in it together. */
export interface ZipBudget {
  readonly limits: ZipLimits
  /** @throws UnreadableFile when there would be more entries than allowed. */
  takeEntry(): void
  /** @throws UnreadableFile when there would be more bytes than allowed. */
  takeBytes(count: number): void
  /** Whether either has run out: nothing more can be read. */
  isSpent(): boolean
}

export function createZipBudget(changed: Partial<ZipLimits> = {}): ZipBudget {
  const limits = { ...ZIP_LIMITS, ...changed }
  let entries = 0
  let bytes = 0
  return {
    limits,
    takeEntry() {
      if (++entries > limits.entries) throw tooMany(limits.entries)
    },
    takeBytes(count) {
      bytes += count
      if (bytes > limits.totalBytes) throw tooMuch(limits.totalBytes)
    },
    isSpent: () => entries > limits.entries || bytes > limits.totalBytes,
  }
}

function tooMany(most: number): Error {
  return failure(
    'UnreadableFile',
    `The archive holds more than ${most.toLocaleString('en')} files, the most that Belfry reads from one.`,
  )
}

function tooMuch(most: number): Error {
  return failure(
    'UnreadableFile',
    `The archive unpacks to more than ${sizeText(most)}, the most that Belfry reads from one.`,
  )
}

/** As people say it: `256 MB`. */
export function sizeText(bytes: number): string {
  return bytes < MEBIBYTE ? `${Math.ceil(bytes / 1024)} KB` : `${Math.round(bytes / MEBIBYTE)} MB`
}
