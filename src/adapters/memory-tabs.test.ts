import { createMemoryTabs } from './memory-tabs.ts'
import { runTabsSuite } from './tabs.suite.ts'

runTabsSuite('memory', () => {
  const { open } = createMemoryTabs()
  return () => {
    const tab = open()
    return { tabs: tab, end: tab.end }
  }
})
