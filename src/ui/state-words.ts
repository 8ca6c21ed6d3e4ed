import type { FileState } from '../core/events.ts'
import { formatCount, formatMany } from './numbers.ts'

/** What has become of a file, before its reason. */
export function fileStateWords(state: FileState, locale?: string): string {
  switch (state.kind) {
    case 'queued':
      return 'queued'
    case 'reading':
      return 'reading'
    case 'embedding':
      return `embedding ${formatCount(state.done, locale)} of ${formatCount(state.total, locale)}`
    case 'done':
      return doneWords(state, locale)
    case 'partly':
      return 'searchable in part'
    case 'skipped':
      return 'skipped'
    case 'failed':
      return 'failed'
    case 'cancelled':
      return 'cancelled'
  }
}

function doneWords({ passages, documents }: Extract<FileState, { kind: 'done' }>, locale?: string): string {
  const many = documents === undefined ? [] : [formatMany(documents, 'document', 'documents', locale)]
  return ['searchable', ...many, formatMany(passages, 'passage', 'passages', locale)].join(', ')
}
