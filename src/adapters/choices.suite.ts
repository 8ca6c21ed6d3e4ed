import { describe, expect, it } from 'vitest'
import type { Choices } from '../core/ports/choices.ts'

export function runChoicesSuite(name: string, open: () => Choices): void {
  describe(`choices in ${name}`, () => {
    it('are kept, one for each kind of table, until they are dropped', async () => {
      const { tables } = open()
      await tables.put({ table: 'a', uses: [['one', 'title']] })
      await tables.put({ table: 'b', uses: [['one', 'nothing']] })
      await tables.put({ table: 'a', uses: [['one', 'tags']] })
      expect(await tables.all()).toEqual([
        { table: 'a', uses: [['one', 'tags']] },
        { table: 'b', uses: [['one', 'nothing']] },
      ])
      await tables.drop('a')
      await tables.drop('nobody')
      expect((await tables.all()).map(({ table }) => table)).toEqual(['b'])
      await tables.clear()
      expect(await tables.all()).toEqual([])
    })

    it('to pause are kept for each tab', async () => {
      const { paused } = open()
      for (const tab of ['b', 'a', 'b', 'c']) await paused.put(tab)
      expect(await paused.all()).toEqual(['a', 'b', 'c'])
      await paused.drop(['a', 'c', 'nobody'])
      expect(await paused.all()).toEqual(['b'])
    })
  })
}
