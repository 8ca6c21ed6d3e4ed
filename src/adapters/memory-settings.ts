import { DEFAULT_PASSAGES } from '../core/passage-settings.ts'
import type { SettingsStore } from '../core/ports/settings.ts'

/** For tests. */
export function createMemorySettings(): SettingsStore {
  let passages = DEFAULT_PASSAGES
  let cutting = false
  return {
    passages: async () => passages,
    choosePassages: async settings => {
      passages = settings
    },
    isCutting: async () => cutting,
    setCutting: async is => {
      cutting = is
    },
  }
}
