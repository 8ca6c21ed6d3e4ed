import { describe, expect, it, vi } from 'vitest'
import { createMemoryVectorServer } from '../adapters/memory-vector-server.ts'
import type { AbortNotice, RemoteCollection, VectorServer } from '../core/ports/vector-server.ts'
import { VectorServerError } from '../core/vector-server-error.ts'
import { createDevice, FREE, idOf, recordsIn } from './sync-devices.suite.ts'

/** A server of which every call is seen, and may be made to fail. */
function withCalls(server: VectorServer, call: (name: string) => void): VectorServer {
  const wrap = (collection: RemoteCollection): RemoteCollection => ({
    ...collection,
    upsert: async (records, signal) => {
      call('upsert')
      await collection.upsert(records, signal)
      call('upserted')
    },
    remove: async (ids, signal) => {
      call('remove')
      await collection.remove(ids, signal)
    },
    get: async (ids, parts, signal) => {
      call('get')
      return await collection.get(ids, parts, signal)
    },
    find: async (...asked) => {
      call('find')
      return await collection.find(...asked)
    },
  })
  return {
    ...server,
    openCollection: async (wanted, signal?: AbortNotice) => wrap(await server.openCollection(wanted, signal)),
  }
}

/** Is aborted when it is asked for one turn more. */
function stopAfter(turns: number) {
  const control = new AbortController()
  const turn = async () => {
    if (--turns < 0) control.abort()
  }
  return { control: { signal: control.signal, turn } }
}

describe('synchronising that is stopped', () => {
  it('goes on the next time', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2 })]
    for (let n = 1; n <= 600; n++) await a.edit(idOf(n), [`of a ${n}`])
    await expect(a.sync.run('both', stopAfter(2))).rejects.toMatchObject({ name: 'Cancelled' })
    expect(await recordsIn(server, 'notes')).toBe(250)
    await a.run()
    expect(await recordsIn(server, 'notes')).toBe(600)
    await expect(b.sync.run('both', stopAfter(300))).rejects.toMatchObject({ name: 'Cancelled' })
    const some = (await b.texts()).size
    expect(some).toBeGreaterThan(0)
    expect(some).toBeLessThan(600)
    expect(await b.run()).toMatchObject({ taken: { documents: 600 - some }, sent: { documents: 0 } })
    expect(await b.texts()).toEqual(await a.texts())
  })

  it('waits while it is paused', async () => {
    const server = createMemoryVectorServer()
    const a = createDevice(server)
    await a.edit(idOf(1), ['one'])
    const waiting: (() => void)[] = []
    const turn = () => new Promise<void>(resolve => void waiting.push(resolve))
    const running = a.sync.run('push', { control: { ...FREE, turn } })
    await vi.waitFor(() => expect(waiting).toHaveLength(1))
    expect(await recordsIn(server, 'notes')).toBe(0)
    waiting[0]?.()
    await running
    expect(await recordsIn(server, 'notes')).toBe(1)
  })

  it('takes the former version for its own nowhere when it ends between library and journal', async () => {
    const server = createMemoryVectorServer()
    const a = createDevice(server, { seed: 1 })
    await a.edit(idOf(1), ['one'])
    await a.run()
    const b = createDevice(server, { seed: 2 })
    const { put } = b.journal
    Object.assign(b.journal, {
      put: async () => {
        throw new Error('the tab was closed')
      },
    })
    await expect(b.run()).rejects.toThrow('the tab was closed')
    expect((await b.texts()).size).toBe(1)
    Object.assign(b.journal, { put })
    expect(await b.run()).toMatchObject({ sent: { documents: 0 }, taken: { documents: 0 }, copies: 0 })
  })

  it('leaves nothing behind on the server, wherever it is cut off', async () => {
    for (let fault = 1; fault < 40; fault++) {
      const server = createMemoryVectorServer()
      let calls = 0
      const flaky = withCalls(server, () => {
        if (++calls === fault) throw new VectorServerError('network', 'cut off')
      })
      const a = createDevice(flaky, { seed: 1 })
      await a.edit(idOf(1), ['one', 'two'])
      await a.edit(idOf(2), ['three'])
      const first = await a.run().catch(() => 'cut off')
      await a.edit(idOf(1), ['four'])
      await a.remove(idOf(2))
      const second = await a.run().catch(() => 'cut off')
      await a.run().catch(() => a.run())
      expect([await recordsIn(server, 'notes'), await a.unsettled()]).toEqual([1, 0])
      if (first !== 'cut off' && second !== 'cut off') return
    }
    throw new Error('expected a run of fewer calls')
  })
})
