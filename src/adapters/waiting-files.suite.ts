import { describe, expect, it } from 'vitest'
import type { LibraryBlob } from '../core/ports/files.ts'
import type { WaitingFile, WaitingFiles } from '../core/ports/waiting-files.ts'

const file = (id: string, changed: Partial<WaitingFile> = {}): WaitingFile => ({
  id,
  name: `${id}.md`,
  path: `notes/${id}.md`,
  bytes: 3,
  modifiedAt: 5,
  ...changed,
})

const noted = (id: string, tab: string, changed = {}) => ({
  ...file(id),
  tab,
  kept: false,
  tries: 0,
  ...changed,
})

const textOf = async (blob: LibraryBlob | undefined) =>
  blob && new TextDecoder().decode(await blob.arrayBuffer())

export function runWaitingFilesSuite(name: string, open: () => WaitingFiles): void {
  describe(`waiting files in ${name}`, () => {
    it('are noted by tab until they are settled', async () => {
      const waiting = open()
      await waiting.note('a', [file('a1'), file('a2'), file('a3')])
      await waiting.note('b', [file('b1')])
      await waiting.settle(['a2', 'nobody'])
      expect(await waiting.all()).toEqual([noted('a1', 'a'), noted('a3', 'a'), noted('b1', 'b')])
    })

    it('are forgotten with their tab, and no other', async () => {
      const waiting = open()
      await waiting.note('a', [file('a1'), file('a2')])
      await waiting.keep([{ id: 'a1', blob: new Blob(['one']) }])
      await waiting.note('ab', [file('ab1')])
      await waiting.note('b', [file('b1')])
      await waiting.forget(['a', 'b', 'c'])
      expect(await waiting.all()).toEqual([noted('ab1', 'ab')])
      expect(await waiting.contents('a1')).toBeUndefined()
    })

    it('have their bytes until they are settled, small and large', async () => {
      const waiting = open()
      const large = 'x'.repeat(300_000)
      await waiting.note('a', [file('a1'), file('a2', { bytes: 300_000 })])
      expect(await waiting.size()).toBe(0)
      await waiting.keep([
        { id: 'a1', blob: new Blob(['one']) },
        { id: 'a2', blob: new Blob([large]) },
      ])
      expect(await textOf(await waiting.contents('a1'))).toBe('one')
      expect(await textOf(await waiting.contents('a2'))).toBe(large)
      expect(await waiting.size()).toBe(300_003)
      await waiting.settle(['a2'])
      expect(await waiting.contents('a2')).toBeUndefined()
      expect(await waiting.all()).toEqual([noted('a1', 'a', { kept: true })])
    })

    it('are kept without those that cannot be read', async () => {
      const waiting = open()
      const gone = {
        size: 3,
        type: '',
        arrayBuffer: () => Promise.reject(new Error('it is gone')),
        slice: () => gone,
      }
      await waiting.note('a', [file('a1'), file('a2')])
      await waiting.keep([
        { id: 'a1', blob: gone },
        { id: 'a2', blob: new Blob(['two']) },
      ])
      expect((await waiting.all()).map(({ kept }) => kept)).toEqual([false, true])
    })

    it('tell how often somebody has begun to read them, to their heir too', async () => {
      const waiting = open()
      await waiting.note('a', [file('a1'), file('a2')])
      await waiting.keep(['a1', 'a2'].map(id => ({ id, blob: new Blob(['one']) })))
      await waiting.begin('a1')
      await waiting.begin('a1')
      const tries = [
        { id: 'a1', tries: 2 },
        { id: 'a2', tries: 0 },
      ]
      expect(await waiting.all()).toMatchObject(tries)
      expect(await waiting.adopt(['a'], 'b')).toMatchObject(tries)
    })

    it('go to one heir, those that are kept', async () => {
      const waiting = open()
      await waiting.note('a', [file('a1'), file('a2')])
      await waiting.note('b', [file('b1')])
      await waiting.keep(['a1', 'b1'].map(id => ({ id, blob: new Blob(['one']) })))
      const heirs = await Promise.all(['c', 'd'].map(heir => waiting.adopt(['a'], heir)))
      expect(heirs).toEqual([[noted('a1', 'c', { kept: true })], []])
      expect((await waiting.all()).map(({ id, tab }) => `${id} of ${tab}`)).toEqual([
        'a1 of c',
        'a2 of a',
        'b1 of b',
      ])
      expect(await textOf(await waiting.contents('a1'))).toBe('one')
    })

    it('lose bytes that nobody waits for any more', async () => {
      const waiting = open()
      await waiting.note('a', [file('a1')])
      await waiting.settle(['a1'])
      await waiting.keep([{ id: 'a1', blob: new Blob(['late']) }])
      await waiting.adopt([], 'b')
      expect(await waiting.contents('a1')).toBeUndefined()
    })
  })
}
