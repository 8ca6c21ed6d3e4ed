import { createMemoryTableChoices } from './memory-table-choices.ts'
import { runTableChoicesSuite } from './table-choices.suite.ts'

runTableChoicesSuite('memory', createMemoryTableChoices)
