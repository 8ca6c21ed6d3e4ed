/** What the page may ask of learning. Where it stands comes back as `learning-changed`. */
import type { Interaction, Opening } from '../core/interaction.ts'

export interface Learning {
  /** Notes what somebody opened, while noting is on. */
  opened(opening: Opening): Promise<void>
  /** Asks for a `learning-changed`. */
  measureLearning(): Promise<void>
  noteOpenings(on: boolean): Promise<void>
  clearLog(): Promise<void>
  /** Oldest first. */
  exportLog(): Promise<readonly Interaction[]>
}
