/** What the page may ask of how documents are cut. Where it stands comes back as `passages-changed`. */
import type { PassageSettings } from '../core/passage-settings.ts'

export interface Passages {
  /** Asks for a `passages-changed`. */
  measurePassages(): Promise<void>
  /** For what is added from now on; what is left out stays as it is. */
  choosePassages(changed: Partial<PassageSettings>): Promise<void>
  /**
   * Cuts every document again that is cut otherwise; searches go on, and a reload does not end it. Resolves when that is
   * done, has failed or was cancelled. One at a time.
   */
  cutAllAgain(): Promise<void>
  /** Stops between two batches, in every tab; what was cut again stays so. */
  cancelCutting(): Promise<void>
}
