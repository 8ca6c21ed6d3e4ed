/** What the page may ask of learning. Where it stands comes back as `learning-changed`. */
import type { Interaction, Opening } from '../core/interaction.ts'
import type { LearningSource } from '../core/learning-state.ts'

export interface Learning {
  /** Notes what somebody opened, while noting is on. */
  opened(opening: Opening): Promise<void>
  /** Asks for a `learning-changed`. */
  measureLearning(): Promise<void>
  noteOpenings(on: boolean): Promise<void>
  clearLog(): Promise<void>
  /** Oldest first. */
  exportLog(): Promise<readonly Interaction[]>
  /** Learns a new version and puts it in use, when it is better; resolves when that is known. One at a time. */
  learn(source: LearningSource): Promise<void>
  /** Stops between two batches; nothing is changed then. */
  cancelLearning(): Promise<void>
  /** Puts a version in use, at once; 0 is the shipped one. */
  chooseVersion(number: number): Promise<void>
}
