import { createMemorySettings } from './memory-settings.ts'
import { runSettingsSuite } from './settings.suite.ts'

runSettingsSuite('memory', createMemorySettings)
