import type { DocumentId, LibraryDocument } from '../core/document.ts'
import { failure, messageOf } from '../core/errors.ts'
import type { Extractor } from '../core/ports/extractor.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { FolderReader, FolderStore } from '../core/ports/folders.ts'
import type { Library } from '../core/ports/library.ts'
import type { TableChoices } from '../core/ports/choices.ts'
import { type ColumnUses, essentialUses, isGuess, isTableName, type TableHead } from '../core/table.ts'
import type { TableLook, Tables } from './tables-api.ts'

export interface TablesPorts {
  readonly choices: { readonly tables: TableChoices }
  readonly extractor: Extractor
  readonly library: Pick<Library, 'documents'>
  readonly folders: Pick<FolderStore, 'folders'>
  readonly folderReader: Pick<FolderReader, 'access' | 'find'>
}

export interface TableActions {
  readonly add: (files: readonly SourceFile[]) => void
  /** Tells of a failure. */
  readonly failed: (error: unknown) => void
}

export interface TableKeeper {
  readonly commands: Tables
  /** Reads tables as somebody has chosen. */
  readonly extractor: Extractor
  /** A file was read. */
  settled(file: SourceFile): void
  /** Forgets all choices. Never rejects. */
  clear(): Promise<void>
}

/** A file as the documents that were read from it remember it. */
interface Origin {
  readonly path: string
  readonly bytes: number
  readonly modifiedAt: number
  readonly folder: string | undefined
}

interface Found {
  readonly file: SourceFile
  readonly head: TableHead
  /** Documents that were read from it. */
  readonly documents: readonly DocumentId[]
}

export function createTables(ports: TablesPorts, { add, failed }: TableActions): TableKeeper {
  const { extractor, library, folders, folderReader } = ports
  /** Tables that this tab has read, by path: the browser lets them be read again while the page lives. */
  const read = new Map<string, SourceFile>()

  const { tables } = ports.choices
  const choices = () => tables.all().catch(() => [])

  async function inFolder({ folder: id, path }: Origin): Promise<SourceFile | undefined> {
    const folder = (await folders.folders()).find(one => one.id === id)
    if (folder === undefined || (await folderReader.access(folder.handle)) !== 'granted') return undefined
    return folderReader.find(folder.handle, path)
  }

  /** Where the file may be found, the likeliest place first. */
  async function* places(origin: Origin): AsyncGenerator<SourceFile> {
    const known = read.get(origin.path)
    if (known !== undefined && isFrom(origin, originOfFile(known))) yield known
    const found = await inFolder(origin).catch(() => undefined)
    if (found !== undefined) yield found
  }

  /** `undefined` when the file is not at hand. @throws UnreadableFile with a sentence. */
  async function find(id: DocumentId, picked: SourceFile | undefined): Promise<Found | undefined> {
    const all = await library.documents()
    const document = all.find(one => one.id === id)
    if (document === undefined) throw failure('UnreadableFile', 'This document is no longer in the library.')
    const origin = originOf(document)
    const documents = all.filter(one => isFrom(origin, originOf(one))).map(one => one.id)
    if (picked !== undefined)
      return { file: inPlaceOf(origin, picked), head: await headOf(picked), documents }
    for await (const place of places(origin)) {
      // What was moved or changed since then is not at hand.
      if (
        (await place.blob
          .slice(0, 1)
          .arrayBuffer()
          .catch(() => undefined)) === undefined
      )
        continue
      return { file: inPlaceOf(origin, place), head: await headOf(place), documents }
    }
    return undefined
  }

  async function headOf(file: SourceFile): Promise<TableHead> {
    const head = await extractor.head(file)
    if (head !== undefined) return head
    throw failure('UnreadableFile', `“${file.name}” is no table: there are no columns to choose.`)
  }

  async function look(id: DocumentId, picked?: SourceFile): Promise<TableLook> {
    const found = await find(id, picked)
    if (found === undefined) return { kind: 'absent' }
    const { head } = found
    const chosen = (await choices()).find(({ table }) => table === head.table)?.uses
    return { kind: 'table', head, chosen }
  }

  async function choose(id: DocumentId, uses: ColumnUses, picked?: SourceFile): Promise<void> {
    const found = await find(id, picked)
    if (found === undefined)
      throw failure('UnreadableFile', 'The table can no longer be read. Pick it again.')
    const { file, head, documents } = found
    const { table } = head
    if (isGuess(head, uses)) await tables.drop(table)
    else await tables.put({ table, uses: essentialUses(uses) })
    add([{ ...file, replaces: documents }])
  }

  return {
    commands: {
      lookAtTable: (id, picked) =>
        look(id, picked).catch((error: unknown) => ({ kind: 'none', reason: messageOf(error) })),
      chooseColumns: (id, uses, picked) => choose(id, uses, picked).catch(failed),
    },
    extractor: { ...extractor, open: async file => extractor.open(file, await choices()) },
    settled(file) {
      if (isTableName(file.name)) read.set(file.path, file)
    },
    async clear() {
      read.clear()
      await tables.clear().catch(failed)
    },
  }
}

function originOf({ source, path, bytes, modifiedAt }: LibraryDocument): Origin {
  return { folder: undefined, ...(source ?? { path, bytes, modifiedAt }) }
}

function originOfFile({ path, blob, modifiedAt, folder }: SourceFile): Origin {
  return { path, bytes: blob.size, modifiedAt, folder }
}

function isFrom(one: Origin, other: Origin): boolean {
  const isSame = one.path === other.path && one.folder === other.folder
  return isSame && one.bytes === other.bytes && one.modifiedAt === other.modifiedAt
}

/** A file that was picked has no path, and belongs to no folder. */
function inPlaceOf({ path, folder }: Origin, { blob, modifiedAt }: SourceFile): SourceFile {
  const name = path.slice(path.lastIndexOf('/') + 1)
  return { name, path, modifiedAt, blob, ...(folder === undefined ? {} : { folder }) }
}
