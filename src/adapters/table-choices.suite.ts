import { describe, expect, it } from 'vitest'
import type { TableChoices } from '../core/ports/table-choices.ts'

export function runTableChoicesSuite(name: string, open: () => TableChoices): void {
  describe(`choices for tables in ${name}`, () => {
    it('are kept, one for each kind of table, until they are dropped', async () => {
      const choices = open()
      await choices.put({ table: 'a', uses: [['one', 'title']] })
      await choices.put({ table: 'b', uses: [['one', 'nothing']] })
      await choices.put({ table: 'a', uses: [['one', 'tags']] })
      expect(await choices.all()).toEqual([
        { table: 'a', uses: [['one', 'tags']] },
        { table: 'b', uses: [['one', 'nothing']] },
      ])
      await choices.drop('a')
      await choices.drop('nobody')
      expect((await choices.all()).map(({ table }) => table)).toEqual(['b'])
      await choices.clear()
      expect(await choices.all()).toEqual([])
    })
  })
}
