import { openIdbTableChoices } from './idb-table-choices.ts'
import { runTableChoicesSuite } from './table-choices.suite.ts'

let opened = 0

runTableChoicesSuite('IndexedDB', () => openIdbTableChoices(`table-choices-${Date.now()}-${opened++}`))
