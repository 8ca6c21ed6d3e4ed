/** What stands in a library file, in order: what it is, then documents, heads, openings and settings, then the counts. */
import { messageOf } from '../errors.ts'
import type { Interaction } from '../interaction.ts'
import { badFile } from './bad-file.ts'
import { type FiledDocument, unpackDocument } from './document-section.ts'
import { type FiledHead, unpackHead } from './head-section.ts'
import { unpackOpenings } from './openings-section.ts'
import { LAST_SECTION, type Section } from './sections.ts'
import {
  type FiledSettings,
  type LibraryFileCounts,
  type LibraryFileInfo,
  unpackCounts,
  unpackInfo,
  unpackSettings,
} from './small-sections.ts'

export type LibraryRecord =
  | { readonly kind: 'info'; readonly info: LibraryFileInfo }
  | { readonly kind: 'document'; readonly filed: FiledDocument }
  | { readonly kind: 'head'; readonly head: FiledHead }
  | { readonly kind: 'openings'; readonly entries: readonly Interaction[] }
  | { readonly kind: 'settings'; readonly settings: FiledSettings }
  /** The last one. */
  | { readonly kind: 'counts'; readonly counts: LibraryFileCounts }

/** Four letters each. The small ones may be passed over by a reader that does not know them. */
export const SECTION_TYPES = {
  info: 'INFO',
  document: 'DOCU',
  head: 'head',
  openings: 'open',
  settings: 'sett',
  counts: LAST_SECTION,
} as const

/** The records of a chain of sections, each one checked. @throws BadLibraryFile with a sentence. */
export async function* readRecords(sections: AsyncIterable<Section>): AsyncGenerator<LibraryRecord> {
  const seen = { documents: 0, passages: 0, heads: 0, openings: 0 }
  let isFirst = true
  for await (const section of sections) {
    const record = recordOf(section)
    if (isFirst !== (record?.kind === 'info')) throw badFile('its parts are not in their order')
    isFirst = false
    if (record === undefined) continue
    count(record, seen)
    if (record.kind === 'counts') expectCounts(record.counts, seen)
    yield record
  }
}

/** `undefined` for a section that this version may pass over. */
function recordOf({ type, payload }: Section): LibraryRecord | undefined {
  try {
    switch (type) {
      case SECTION_TYPES.info:
        return { kind: 'info', info: unpackInfo(payload) }
      case SECTION_TYPES.document:
        return { kind: 'document', filed: unpackDocument(payload) }
      case SECTION_TYPES.head:
        return { kind: 'head', head: unpackHead(payload) }
      case SECTION_TYPES.openings:
        return { kind: 'openings', entries: unpackOpenings(payload) }
      case SECTION_TYPES.settings:
        return { kind: 'settings', settings: unpackSettings(payload) }
      case SECTION_TYPES.counts:
        return { kind: 'counts', counts: unpackCounts(payload) }
    }
  } catch (error) {
    throw badFile(`in a part of the type ${type}, ${messageOf(error)}`, error)
  }
  if (/^[a-z]/.test(type)) return undefined
  throw badFile(
    'it was written by a newer Belfry, and holds what this one does not know. Load Belfry again first',
  )
}

function count(record: LibraryRecord, seen: Record<keyof LibraryFileCounts, number>): void {
  if (record.kind === 'document') {
    seen.documents++
    seen.passages += record.filed.document.passageCount
  }
  if (record.kind === 'head') seen.heads++
  if (record.kind === 'openings') seen.openings += record.entries.length
}

function expectCounts(counts: LibraryFileCounts, seen: LibraryFileCounts): void {
  for (const name of ['documents', 'passages', 'heads', 'openings'] as const) {
    if (counts[name] !== seen[name])
      throw badFile(`it should hold ${counts[name]} ${name}, and holds ${seen[name]}`)
  }
}
