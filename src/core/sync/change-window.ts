/**
 * A part of what has changed: pushed later than `after`, at or before `until` (seconds since 2020), with a bucket from
 * `first` to before `end`. A window that holds more than one answer has room for is split; nothing is ever skipped by a
 * count, because records come and go meanwhile.
 */
import type { RecordFilter } from '../ports/vector-server.ts'

export interface ChangeWindow {
  readonly after: number
  readonly until: number
  readonly first: number
  readonly end: number
}

/** Documents are in one of so many buckets, by their id. */
export const BUCKETS = 1024
/** Metadata keys of a document's record that are filtered by. */
export const PUSHED_AT = '_t'
export const BUCKET = '_b'

/** Some servers keep whole numbers in 32 bits. */
const LAST_SECOND = 2 ** 31 - 1
/** 2020-01-01, in seconds since 1970. */
const YEAR_2020 = 1_577_836_800

/** Seconds since 2020, of milliseconds since 1970: below 2³¹ until 2088. */
export function secondsOf(milliseconds: number): number {
  return Math.min(LAST_SECOND, Math.max(0, Math.floor(milliseconds / 1000) - YEAR_2020))
}

/** Of a document's id, which is a digest in hex. */
export function bucketOf(id: string): number {
  return Number.parseInt(id.slice(0, 3), 16) >> 2
}

/** Everything that was pushed later than `after`; -1 for everything. */
export function windowAfter(after: number): ChangeWindow {
  return { after: Math.max(-1, after), until: LAST_SECOND, first: 0, end: BUCKETS }
}

export function filterOf({ after, until, first, end }: ChangeWindow): RecordFilter {
  const conditions: RecordFilter[] = [{ key: PUSHED_AT, above: after }]
  if (until < LAST_SECOND) conditions.push({ key: PUSHED_AT, atMost: until })
  if (first > 0) conditions.push({ key: BUCKET, above: first - 1 })
  if (end < BUCKETS) conditions.push({ key: BUCKET, atMost: end - 1 })
  return { all: conditions }
}

/**
 * Two smaller windows that are this one together.
 * @param times Of some of the records in it, to split where they are.
 * @throws Error when it is one second and one bucket.
 */
export function splitWindow(
  window: ChangeWindow,
  times: readonly number[],
): readonly [ChangeWindow, ChangeWindow] {
  const { after, until, first, end } = window
  if (until - after > 1) {
    const sorted = times.toSorted((a, b) => a - b)
    const median = sorted[sorted.length >> 1] ?? after + 1
    const middle = Math.min(until - 1, Math.max(after + 1, median))
    return [
      { ...window, until: middle },
      { ...window, after: middle },
    ]
  }
  if (end - first < 2)
    throw new Error(`expected fewer documents of one second, got a full page in bucket ${first}`)
  const middle = (first + end) >> 1
  return [
    { ...window, end: middle },
    { ...window, first: middle },
  ]
}
