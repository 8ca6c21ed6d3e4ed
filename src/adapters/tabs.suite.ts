import { describe, expect, it, vi } from 'vitest'
import type { Tabs } from '../core/ports/tabs.ts'

export interface OpenTab {
  readonly tabs: Tabs
  readonly end: () => void
}

/** @param openOrigin Gives the way to open tabs of one fresh origin. */
export function runTabsSuite(name: string, openOrigin: () => () => OpenTab): void {
  describe(`tabs over ${name}`, () => {
    it('let one tab write at a time, each in its order', async () => {
      const open = openOrigin()
      const log: string[] = []
      const work = (who: string) => async () => {
        log.push(`${who} begins`)
        await new Promise(resolve => setTimeout(resolve))
        log.push(`${who} ends`)
        return who
      }
      const [a, b] = [open().tabs, open().tabs]
      const done = [a.write(work('a')), b.write(work('b')), a.write(work('c'))]
      expect(await Promise.all(done)).toEqual(['a', 'b', 'c'])
      const order = log.filter(line => line.endsWith('begins')).map(line => line.slice(0, 1))
      expect(log).toEqual(order.flatMap(who => [`${who} begins`, `${who} ends`]))
      expect(order.indexOf('a')).toBeLessThan(order.indexOf('c'))
    })

    it('hand a failure to who wrote, and the turn to the next', async () => {
      const open = openOrigin()
      const failed = open().tabs.write(() => Promise.reject(new Error('no')))
      const after = open().tabs.write(async () => 'yes')
      await expect(failed).rejects.toThrow('no')
      expect(await after).toBe('yes')
    })

    it('do one piece of work of a name at a time, and wait, or do something else', async () => {
      const open = openOrigin()
      const [a, b] = [open().tabs, open().tabs]
      const log: string[] = []
      let finish: (() => void) | undefined
      let done: Promise<void> | undefined
      await new Promise<void>(begun => {
        done = a.alone('bells', async () => {
          begun()
          await new Promise<void>(resolve => {
            finish = resolve
          })
          log.push('a')
        })
      })
      const waiting = b.alone('bells', async () => void log.push('b'))
      expect(
        await b.alone(
          'bells',
          async () => 'work',
          async () => 'busy',
        ),
      ).toBe('busy')
      expect(await b.alone('owls', async () => 'work')).toBe('work')
      finish?.()
      await Promise.all([done, waiting])
      expect(log).toEqual(['a', 'b'])
      expect(
        await b.alone(
          'bells',
          async () => 'work',
          async () => 'busy',
        ),
      ).toBe('work')
    })

    it('know which of them live', async () => {
      const open = openOrigin()
      const [a, b] = [open(), open()]
      await b.tabs.living()
      expect(await a.tabs.living()).toEqual(new Set([a.tabs.id, b.tabs.id]))
      b.end()
      await expect.poll(() => a.tabs.living()).toEqual(new Set([a.tabs.id]))
    })

    it('have one leader, and the next when it ends', async () => {
      const open = openOrigin()
      const [a, b, c] = [open(), open(), open()]
      const led: string[] = []
      a.tabs.lead(() => led.push('a'))
      await expect.poll(() => led).toEqual(['a'])
      b.tabs.lead(() => led.push('b'))
      await b.tabs.write(async () => undefined)
      c.tabs.lead(() => led.push('c'))
      expect(led).toEqual(['a'])
      b.end()
      a.end()
      await expect.poll(() => led).toEqual(['a', 'c'])
    })

    it('tell all in the leading tab who have asked, and all in the next one', async () => {
      const open = openOrigin()
      const [a, b] = [open(), open()]
      const led: string[] = []
      for (const word of ['a one', 'a two']) a.tabs.lead(() => led.push(word))
      await expect.poll(() => led).toEqual(['a one', 'a two'])
      for (const word of ['b one', 'b two']) b.tabs.lead(() => led.push(word))
      await b.tabs.write(async () => undefined)
      expect(led).toHaveLength(2)
      a.end()
      await expect.poll(() => led).toEqual(['a one', 'a two', 'b one', 'b two'])
    })

    it('hear of the end of every other one, older or younger, once', async () => {
      const open = openOrigin()
      const [older, self] = [open(), open()]
      await older.tabs.living()
      const ended = vi.fn()
      self.tabs.watch(ended)
      const younger = open()
      younger.tabs.watch(() => {})
      await expect.poll(async () => (await self.tabs.living())?.size).toBe(3)
      younger.end()
      await expect.poll(() => ended.mock.calls.length).toBe(1)
      older.end()
      await expect.poll(() => ended.mock.calls.length).toBe(2)
    })
  })
}
