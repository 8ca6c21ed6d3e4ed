import type { Interaction } from '../interaction.ts'
import type { LearnedVersion } from '../learning-state.ts'

/** What was opened among what was shown. It never leaves the device but by the hand of its user. */
export interface InteractionLog {
  /** Drops the oldest entries when there are more than the log holds. */
  append(entry: Interaction): Promise<void>
  /** Adds those that are not there yet in one step, in the order of time; the newest stay when there are too many. */
  merge(entries: readonly Interaction[]): Promise<void>
  /** Oldest first. */
  all(): Promise<Interaction[]>
  size(): Promise<number>
  clear(): Promise<void>
  /** Whether openings are to be noted; true until somebody says otherwise. */
  isOn(): Promise<boolean>
  turn(on: boolean): Promise<void>
}

/** A query head that was learned on this device. */
export interface HeadVersion extends LearnedVersion {
  /** The query tower that it corrects. */
  readonly tower: string
  /** [dimension×dimension], applied to the tower's unit vectors. */
  readonly correction: Float32Array
}

/** Every head that was learned, and which of them is in use. Version 0 is the shipped head and is not stored. */
export interface HeadStore {
  /** Those that anything was learned for. */
  towers(): Promise<string[]>
  /** Of this query tower, oldest first. */
  versions(tower: string): Promise<HeadVersion[]>
  /** Gives it the next number of its tower, from 1, and puts it in use unless `use` is false. */
  keep(version: Omit<HeadVersion, 'number'>, use?: boolean): Promise<HeadVersion>
  /** 0 until another is chosen. */
  inUse(tower: string): Promise<number>
  use(tower: string, number: number): Promise<void>
}
