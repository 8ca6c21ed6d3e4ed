/** Where learning on the device stands, as the page shows it. */
export interface LearningState {
  /** Whether openings are noted, and how many are. */
  readonly noting: boolean
  readonly openings: number
}
