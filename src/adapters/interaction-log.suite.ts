import { describe, expect, it } from 'vitest'
import { parseDocumentId } from '../core/document.ts'
import type { Interaction } from '../core/interaction.ts'
import type { InteractionLog } from '../core/ports/learning.ts'

/** Least number of entries that the logs under test hold. */
export const SUITE_CAPACITY = 5

const passage = { document: parseDocumentId('a'.repeat(64)), passage: 2 }

export function interactionAt(at: number): Interaction {
  return { query: `query ${at}`, shown: [passage], opened: passage, milliseconds: 10, at }
}

/** The promises of the `InteractionLog` port; `open` gives an empty one that holds `SUITE_CAPACITY` entries. */
export function runInteractionLogSuite(name: string, open: () => Promise<InteractionLog>): void {
  describe(`interaction log: ${name}`, () => {
    it('is empty and on at first', async () => {
      const log = await open()
      expect([await log.all(), await log.size(), await log.isOn()]).toEqual([[], 0, true])
    })

    it('gives back what was appended, oldest first', async () => {
      const log = await open()
      for (const at of [3, 1, 2]) await log.append(interactionAt(at))
      expect(await log.all()).toEqual([3, 1, 2].map(interactionAt))
      expect(await log.size()).toBe(3)
    })

    it('drops the oldest when it is full', async () => {
      const log = await open()
      for (let at = 0; at < SUITE_CAPACITY + 3; at++) await log.append(interactionAt(at))
      expect((await log.all()).map(({ at }) => at)).toEqual([3, 4, 5, 6, 7])
      expect(await log.size()).toBe(SUITE_CAPACITY)
    })

    it('drops nothing when entries arrive at the same time', async () => {
      const log = await open()
      await Promise.all([0, 1, 2, 3].map(at => log.append(interactionAt(at))))
      expect(await log.size()).toBe(4)
    })

    it('merges what is not there yet, in the order of time, and keeps the newest', async () => {
      const log = await open()
      for (const at of [4, 9]) await log.append(interactionAt(at))
      await log.merge([2, 4, 6].map(interactionAt))
      expect((await log.all()).map(({ at }) => at)).toEqual([2, 4, 6, 9])
      await log.append(interactionAt(10))
      await log.merge([1, 2, 3, 11].map(interactionAt))
      expect((await log.all()).map(({ at }) => at)).toEqual([4, 6, 9, 10, 11])
    })

    it('forgets everything when it is cleared, and goes on', async () => {
      const log = await open()
      await log.append(interactionAt(1))
      await log.clear()
      expect(await log.size()).toBe(0)
      await log.append(interactionAt(2))
      expect(await log.all()).toEqual([interactionAt(2)])
    })

    it('keeps whether it is on, also through clearing', async () => {
      const log = await open()
      await log.turn(false)
      await log.clear()
      expect(await log.isOn()).toBe(false)
      await log.turn(true)
      expect(await log.isOn()).toBe(true)
    })
  })
}
