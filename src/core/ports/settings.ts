import type { PassageSettings } from '../passage-settings.ts'

/** What somebody has chosen for the library of this device, and what was begun with it. All tabs have the same. */
export interface SettingsStore {
  /** The defaults where nothing was chosen. */
  passages(): Promise<PassageSettings>
  choosePassages(settings: PassageSettings): Promise<void>
  /** Whether all documents are to be cut again: it goes on after a reload. */
  isCutting(): Promise<boolean>
  setCutting(is: boolean): Promise<void>
}
