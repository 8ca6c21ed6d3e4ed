import type { FileState } from '../core/events.ts'
import type { FileCounts, QueueEntry } from '../state/app-state.ts'

type Kind = FileState['kind']

/** What the table can be held to. */
export const QUEUE_FILTERS = [
  { name: 'All', kinds: undefined },
  { name: 'Failed', kinds: ['failed'] },
  { name: 'In part', kinds: ['partly'] },
  { name: 'In work', kinds: ['embedding', 'reading'] },
  { name: 'Queued', kinds: ['queued'] },
  { name: 'Skipped', kinds: ['skipped'] },
  { name: 'Cancelled', kinds: ['cancelled'] },
  { name: 'Searchable', kinds: ['done'] },
] as const satisfies readonly { name: string; kinds: readonly Kind[] | undefined }[]

export type QueueFilter = (typeof QUEUE_FILTERS)[number]

/** Trouble first, then what is being worked on. */
const ORDER: readonly Kind[] = [
  'failed',
  'partly',
  'embedding',
  'reading',
  'skipped',
  'cancelled',
  'queued',
  'done',
]

/** The entries that the filter and the name let through; `name` is part of a path, in any case. */
export function queueRows(entries: readonly QueueEntry[], filter: QueueFilter, name: string): QueueEntry[] {
  const kinds: readonly Kind[] = filter.kinds ?? ORDER
  const byKind = new Map<Kind, QueueEntry[]>(
    ORDER.filter(kind => kinds.includes(kind)).map(kind => [kind, []]),
  )
  const needle = name.trim().toLowerCase()
  for (const entry of entries) {
    if (needle === '' || entry.file.path.toLowerCase().includes(needle)) {
      byKind.get(entry.state.kind)?.push(entry)
    }
  }
  return [...byKind.values()].flat()
}

export function countOf(counts: FileCounts, { kinds }: QueueFilter): number {
  const some: readonly Kind[] = kinds ?? ORDER
  return some.reduce((sum, kind) => sum + counts[kind], 0)
}

/**
 * The rows that can be seen, and some around them.
 *
 * @param scrolled, height, row in CSS pixels
 */
export function rowsInView(
  count: number,
  { scrolled, height, row }: { scrolled: number; height: number; row: number },
): { first: number; end: number } {
  const around = Math.ceil(height / row)
  const top = Math.floor(scrolled / row)
  const first = Math.max(0, Math.min(top, count - 1) - around)
  return { first, end: Math.min(count, top + 2 * around + 1) }
}
