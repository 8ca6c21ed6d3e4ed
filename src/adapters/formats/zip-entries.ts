import { codeOf, messageOf } from '../../core/errors.ts'
import type { LibraryBlob } from '../../core/ports/files.ts'
import type { InnerFile } from '../reading.ts'
import { openZip, type ZipArchive, type ZipEntry } from './zip-archive.ts'
import { createZipBudget, type ZipBudget, type ZipLimits } from './zip-limits.ts'

/** A file of an archive that could not be read, and why, as a sentence for the user. */
export interface BrokenEntry {
  readonly path: string
  readonly reason: string
}

export function isBroken(entry: InnerFile | BrokenEntry): entry is BrokenEntry {
  return 'reason' in entry
}

/** What systems leave in archives and nobody put there. */
const LITTER = /^(?:__MACOSX|Thumbs\.db|desktop\.ini|\..*)$/i

/**
 * The files of an archive, one after the other, those of archives in it included: `inner.zip/notes.txt`. A file that
 * cannot be read is told of, and the next goes on. Folders, hidden files and what systems leave behind are passed over.
 * @throws UnreadableFile when the archive cannot be opened.
 */
export async function* zipEntries(
  blob: LibraryBlob,
  limits: Partial<ZipLimits> = {},
): AsyncGenerator<InnerFile | BrokenEntry> {
  const budget = createZipBudget(limits)
  yield* filesOf(await openZip(blob, budget), '', 1, budget)
}

async function* filesOf(
  archive: ZipArchive,
  folder: string,
  depth: number,
  budget: ZipBudget,
): AsyncGenerator<InnerFile | BrokenEntry> {
  /** Of each path, how often it was given. */
  const taken = new Map<string, number>()
  for (const entry of archive.entries) {
    if (entry.isFolder || entry.path.split('/').some(name => LITTER.test(name))) continue
    const path = folder + unusedPath(entry.path, taken)
    try {
      if (/\.zip$/i.test(path)) yield* inner(archive, entry, path, depth, budget)
      else yield innerFile(path, entry, await archive.read(entry))
    } catch (error) {
      if (codeOf(error) !== 'UnreadableFile') throw error
      yield { path, reason: messageOf(error) }
      if (budget.isSpent()) return
    }
  }
}

async function* inner(
  archive: ZipArchive,
  entry: ZipEntry,
  path: string,
  depth: number,
  budget: ZipBudget,
): AsyncGenerator<InnerFile | BrokenEntry> {
  const { depth: deepest } = budget.limits
  if (depth >= deepest) {
    yield {
      path,
      reason: `The archive lies in ${depth} others; Belfry opens ${deepest} of them in each other.`,
    }
    return
  }
  const bytes = await archive.read(entry)
  yield* filesOf(await openZip(new Blob([bytes]), budget), `${path}/`, depth + 1, budget)
}

function innerFile(path: string, { modifiedAt }: ZipEntry, bytes: Uint8Array<ArrayBuffer>): InnerFile {
  return modifiedAt === undefined ? { path, bytes } : { path, modifiedAt, bytes }
}

/** `a (2).txt` for the second `a.txt`: names that differ in what cannot be seen become the same. */
function unusedPath(path: string, taken: Map<string, number>): string {
  const [, stem = path, extension = ''] = /^(.*?[^/])(\.[^./]*)?$/.exec(path) ?? []
  let n = taken.get(path) ?? 1
  let unused = path
  for (; taken.has(unused); n++) unused = `${stem} (${n + 1})${extension}`
  taken.set(path, n)
  taken.set(unused, taken.get(unused) ?? 1)
  return unused
}
