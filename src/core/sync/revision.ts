/**
 * Which of two versions of a document is the later one, on devices whose clocks differ: a hybrid logical clock (Kulkarni
 * et al., 2014) and the device's name, as text that sorts. A revision is later than every one that its device knew.
 */

/** `<milliseconds, 13 digits>-<counter, 4 digits to base 36>-<device, 8 letters or digits>`. */
export type Revision = string & { readonly brand: 'Revision' }

/** The latest time that a device has given or seen. */
export interface RevisionClock {
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly counter: number
}

export const START: RevisionClock = { time: 0, counter: 0 }

const FORM = /^\d{13}-[0-9a-z]{4}-[0-9a-z]{8}$/
const MOST_COUNTER = 36 ** 4 - 1
/** A year before the digits end; whoever is later than that has a broken clock, and would win for ever. */
const MOST_TIME = 9_968_400_000_000

/** @throws Error when it is none. */
export function parseRevision(value: unknown): Revision {
  if (typeof value === 'string' && FORM.test(value) && timeOf(value) <= MOST_TIME) return value as Revision
  throw new Error(`expected a revision, got ${JSON.stringify(value)?.slice(0, 80)}`)
}

/** @throws Error when the name has another form. */
export function checkDevice(device: string): string {
  if (/^[0-9a-z]{8}$/.test(device)) return device
  throw new Error(
    `expected a device's name of 8 letters or digits, got ${JSON.stringify(device.slice(0, 80))}`,
  )
}

/** The clock after one more revision, and that revision. @param now Milliseconds since the epoch. */
export function tick(clock: RevisionClock, now: number, device: string): [RevisionClock, Revision] {
  const next = now > clock.time ? { time: now, counter: 0 } : later(clock)
  return [next, revisionOf(next, device)]
}

/** The clock after somebody else's revision was seen. */
export function witness(clock: RevisionClock, revision: Revision): RevisionClock {
  const seen = { time: timeOf(revision), counter: Number.parseInt(revision.slice(14, 18), 36) }
  if (seen.time !== clock.time) return seen.time > clock.time ? seen : clock
  return seen.counter > clock.counter ? seen : clock
}

function later({ time, counter }: RevisionClock): RevisionClock {
  return counter < MOST_COUNTER ? { time, counter: counter + 1 } : { time: time + 1, counter: 0 }
}

function revisionOf({ time, counter }: RevisionClock, device: string): Revision {
  const digits = String(time).padStart(13, '0')
  return `${digits}-${counter.toString(36).padStart(4, '0')}-${device}` as Revision
}

function timeOf(revision: string): number {
  return Number(revision.slice(0, 13))
}

/** Most revisions that are named as followed. */
const MOST_FOLLOWED = 20

/** Revisions of which a later one knew, the latest first; the oldest are left out where there are too many. */
export type Followed = readonly Revision[]

export function follow(...known: readonly (Revision | Followed | undefined)[]): Followed {
  const all = new Set(known.flatMap(one => one ?? []))
  return [...all].toSorted((a, b) => (a < b ? 1 : -1)).slice(0, MOST_FOLLOWED)
}

/** Whether `revision` is followed, or older than all that are still named. */
export function isFollowed(revision: Revision, followed: Followed): boolean {
  const oldest = followed[MOST_FOLLOWED - 1]
  return followed.includes(revision) || (oldest !== undefined && revision < oldest)
}
