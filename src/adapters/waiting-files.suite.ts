import { describe, expect, it } from 'vitest'
import type { WaitingFiles } from '../core/ports.ts'

const file = (ticket: number) => ({ ticket, path: `notes/${ticket}.md`, bytes: ticket, modifiedAt: 5 })

export function runWaitingFilesSuite(name: string, open: () => WaitingFiles): void {
  describe(`waiting files in ${name}`, () => {
    it('are kept by tab until they are settled', async () => {
      const waiting = open()
      await waiting.note('a', [file(1), file(2), file(10)])
      await waiting.note('b', [file(1)])
      await waiting.settle('a', [2, 77])
      const ofA = (await waiting.all()).filter(({ tab }) => tab === 'a')
      expect(ofA).toEqual([
        { ...file(1), tab: 'a' },
        { ...file(10), tab: 'a' },
      ])
      expect(await waiting.all()).toHaveLength(3)
    })

    it('are forgotten with their tab, and no other', async () => {
      const waiting = open()
      await waiting.note('a', [file(1), file(2)])
      await waiting.note('ab', [file(3)])
      await waiting.note('b', [file(4)])
      await waiting.forget(['a', 'b', 'c'])
      expect(await waiting.all()).toEqual([{ ...file(3), tab: 'ab' }])
    })
  })
}
