import { describe, expect, it } from 'vitest'
import { createMemoryWaitingFiles } from '../adapters/memory-waiting-files.ts'
import { failure } from '../core/errors.ts'
import type { LibraryBlob } from '../core/ports/files.ts'
import type { WaitingFiles } from '../core/ports/waiting-files.ts'
import { createByteKeeper } from './keep-bytes.ts'

const MEGABYTE = 1024 * 1024

/** Says that it is of this size. */
const blobOf = (size: number): LibraryBlob => ({
  size,
  type: '',
  arrayBuffer: async () => new ArrayBuffer(1),
  slice: () => blobOf(1),
})

/** Keeps for files that are noted already. */
function open(quota: number, changed: Partial<WaitingFiles> = {}) {
  const memory = createMemoryWaitingFiles()
  const batches: string[][] = []
  const waiting: WaitingFiles = {
    ...memory,
    async keep(contents) {
      batches.push(contents.map(({ id }) => id))
      await memory.keep(contents)
    },
    ...changed,
  }
  const clock = { now: () => 0, breathe: () => Promise.resolve() }
  const keeper = createByteKeeper({ waiting, clock, usage: async () => ({ used: 0, quota }) })
  const add = async (sizes: Record<string, number>) => {
    const ids = Object.keys(sizes)
    await memory.note(
      'tab',
      ids.map(id => ({ id, name: id, path: id, bytes: 1, modifiedAt: 0 })),
    )
    keeper.add(ids.map(id => ({ id, blob: blobOf(sizes[id] ?? 0) })))
  }
  const kept = async () => (await memory.all()).filter(file => file.kept).map(({ id }) => id)
  return { ...keeper, memory, batches, add, kept }
}

describe('keeping the bytes of what waits', () => {
  it('keeps all of it, in batches', async () => {
    const { add, kept, batches } = open(1e12)
    const names = Array.from({ length: 200 }, (_, i) => `f${1000 + i}`)
    await add(Object.fromEntries(names.map(name => [name, 10])))
    await expect.poll(kept).toEqual(names)
    expect(batches.map(batch => batch.length)).toEqual([64, 64, 64, 8])
  })

  it('takes a quarter of what is free, and goes on as room is made', async () => {
    const { add, kept, settled, memory } = open(16 * MEGABYTE)
    await add({ a: 3 * MEGABYTE, b: MEGABYTE / 2, c: MEGABYTE, d: 1 })
    await expect.poll(kept).toEqual(['a', 'b'])
    await memory.settle(['a'])
    settled('a')
    await expect.poll(kept).toEqual(['b', 'c', 'd'])
  })

  it('leaves out a file that is too large, and keeps those behind it', async () => {
    const { add, kept } = open(1e12)
    await add({ a: 300 * MEGABYTE, b: 1 })
    await expect.poll(kept).toEqual(['b'])
  })

  it('leaves nothing of a file that settled while it was written', async () => {
    const turn: { release?: () => void } = {}
    const { add, settled, memory, kept } = open(1e12, {
      keep: async contents => {
        await new Promise<void>(resolve => {
          turn.release = resolve
        })
        await memory.keep(contents)
      },
    })
    await add({ a: 1, b: 1 })
    await expect.poll(() => turn.release).toBeDefined()
    settled('a')
    turn.release?.()
    await expect.poll(kept).toEqual(['b'])
    await expect.poll(() => memory.contents('a')).toBeUndefined()
  })

  it('keeps no more when the disk is full', async () => {
    let calls = 0
    const { add, kept } = open(1e12, {
      keep: () => {
        calls++
        return Promise.reject(failure('StorageFull', 'Full.'))
      },
    })
    await add({ a: 4 * MEGABYTE, b: 4 * MEGABYTE })
    await expect.poll(() => calls).toBe(1)
    await new Promise(resolve => setTimeout(resolve, 20))
    expect([calls, await kept()]).toEqual([1, []])
  })
})
