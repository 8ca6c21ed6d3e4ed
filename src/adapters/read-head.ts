import type { SourceFile } from '../core/ports/files.ts'
import type { TableHead } from '../core/table.ts'
import { fileKind, isStream } from './file-kind.ts'
import { headReader } from './format-readers.ts'
import { unreadable } from './unreadable-file.ts'

const HEAD_BYTES = 65_536

/** The beginning of a file that is a table; `undefined` for any other. @throws UnreadableFile with a sentence. */
export async function readHead(file: SourceFile): Promise<TableHead | undefined> {
  const { reader } = fileKind(file.name, await beginning(file))
  if (reader === undefined || !isStream(reader)) return undefined
  const head = await (await headReader(reader))(file)
  return head === undefined || head.columns.length === 0 ? undefined : head
}

async function beginning(file: SourceFile): Promise<Uint8Array> {
  try {
    return new Uint8Array(await file.blob.slice(0, HEAD_BYTES).arrayBuffer())
  } catch (cause) {
    throw unreadable(file, 'could not be read: it may have been moved or changed. Choose it again.', cause)
  }
}
