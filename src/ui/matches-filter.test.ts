import { expect, it } from 'vitest'
import { matchesFilter } from './matches-filter.ts'

it('finds every word of the filter in title or path, whatever its case', () => {
  const document = { title: 'Bread that stays fresh', path: 'Cooking/bread.md' }
  const found = ['', '  ', 'BREAD', 'fresh cooking', 'bread garden'].map(f => matchesFilter(document, f))
  expect(found).toEqual([true, true, true, true, false])
})
