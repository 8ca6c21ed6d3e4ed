import { runChoicesSuite } from './choices.suite.ts'
import { createMemoryChoices } from './memory-choices.ts'

runChoicesSuite('memory', createMemoryChoices)
