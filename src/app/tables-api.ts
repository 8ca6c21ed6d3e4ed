import type { DocumentId } from '../core/document.ts'
import type { SourceFile } from '../core/ports/files.ts'
import type { ColumnUses, TableHead } from '../core/table.ts'

/** What can be seen of the file that a document was read from. */
export type TableLook =
  /** `chosen` where somebody has. */
  | { readonly kind: 'table'; readonly head: TableHead; readonly chosen: ColumnUses | undefined }
  /** The file is not at hand: somebody has to pick it. */
  | { readonly kind: 'absent' }
  /** Nothing can be chosen; a sentence says why. */
  | { readonly kind: 'none'; readonly reason: string }

/** Choosing how tables are read. A file that is not at hand is `picked` by its user. */
export interface Tables {
  lookAtTable(id: DocumentId, picked?: SourceFile): Promise<TableLook>
  /**
   * Remembers the choice for all tables with the same columns, and reads the file again: what comes of it replaces its
   * documents. A failure is told by `command-failed`, and what becomes of the file like that of any other.
   */
  chooseColumns(id: DocumentId, uses: ColumnUses, picked?: SourceFile): Promise<void>
}
