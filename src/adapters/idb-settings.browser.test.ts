import { expect, it } from 'vitest'
import { openIdbSettings } from './idb-settings.ts'
import { runSettingsSuite } from './settings.suite.ts'

let opened = 0

runSettingsSuite('IndexedDB', () => openIdbSettings(`settings-${++opened}`))

it('are there when they are opened again', async () => {
  const first = openIdbSettings('settings-again')
  await first.choosePassages({ size: 'long', overlap: 'little', trail: true })
  await first.setCutting(true)
  await first.close()
  const again = openIdbSettings('settings-again')
  expect(await again.passages()).toEqual({ size: 'long', overlap: 'little', trail: true })
  expect(await again.isCutting()).toBe(true)
})
