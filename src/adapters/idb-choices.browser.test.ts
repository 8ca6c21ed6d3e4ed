import { runChoicesSuite } from './choices.suite.ts'
import { openIdbChoices } from './idb-choices.ts'

let opened = 0

runChoicesSuite('IndexedDB', () => openIdbChoices(`choices-${Date.now()}-${opened++}`))
