import { describe, expect, it } from 'vitest'
import { DEFAULT_PASSAGES } from '../core/passage-settings.ts'
import type { SettingsStore } from '../core/ports/settings.ts'

/** What every `SettingsStore` promises. */
export function runSettingsSuite(name: string, open: () => SettingsStore): void {
  describe(`settings over ${name}`, () => {
    it('have the defaults until something is chosen, and that then', async () => {
      const settings = open()
      expect([await settings.passages(), await settings.isCutting()]).toEqual([DEFAULT_PASSAGES, false])
      await settings.choosePassages({ size: 'short', overlap: 'much', trail: false })
      await settings.setCutting(true)
      expect(await settings.passages()).toEqual({ size: 'short', overlap: 'much', trail: false })
      expect(await settings.isCutting()).toBe(true)
      await settings.setCutting(false)
      expect(await settings.isCutting()).toBe(false)
    })
  })
}
