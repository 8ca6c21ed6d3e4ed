import { describe, expect, it } from 'vitest'
import { readParts } from './read-parts.ts'
import type { SavedPart } from './snapshot.ts'

/** Parts of one byte each, which tell when they are asked for and given. */
function partsUpTo(count: number, failing?: number) {
  const log: string[] = []
  let waiting = 0
  let mostWaiting = 0
  const parts = Array.from(
    { length: count },
    (_, n): SavedPart => ({
      name: `${n}`,
      version: 1,
      async read() {
        log.push(`ask ${n}`)
        mostWaiting = Math.max(mostWaiting, ++waiting)
        await Promise.resolve()
        waiting--
        if (n === failing) throw new Error(`expected part ${n}, got none`)
        return Uint8Array.of(n)
      },
    }),
  )
  return { parts, log, mostWaiting: () => mostWaiting }
}

async function namesAndBytes(parts: readonly SavedPart[], ahead?: number): Promise<string[]> {
  const read: string[] = []
  for await (const { part, bytes } of readParts(parts, ahead)) read.push(`${part.name}: ${bytes.join(' ')}`)
  return read
}

describe('readParts', () => {
  it.each([0, 1, 2, 3, 20])('gives %i parts in their order, each read once', async count => {
    for (const ahead of [1, 3, 50]) {
      const { parts, log } = partsUpTo(count)
      expect(await namesAndBytes(parts, ahead)).toEqual(parts.map(({ name }) => `${name}: ${name}`))
      expect(log).toHaveLength(count)
    }
  })

  it('asks for the next parts while one is worked on, and for no more than it may', async () => {
    const { parts, log, mostWaiting } = partsUpTo(10)
    const reading = readParts(parts, 3)
    await reading.next()
    expect(log).toEqual(['ask 0', 'ask 1', 'ask 2'])
    await reading.next()
    expect(log).toHaveLength(4)
    await reading.return(undefined)
    expect(mostWaiting()).toBe(3)
  })

  it('fails in the turn of the part that fails', async () => {
    const { parts } = partsUpTo(10, 4)
    const reading = readParts(parts, 8)
    for (let n = 0; n < 4; n++) expect((await reading.next()).value?.part.name).toBe(`${n}`)
    await expect(reading.next()).rejects.toThrow('expected part 4, got none')
  })
})
