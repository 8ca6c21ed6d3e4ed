import { describe, expect, it } from 'vitest'
import { createMemoryVectorServer } from '../adapters/memory-vector-server.ts'
import type { SpaceId } from '../core/document.ts'
import { createDevice, FREE, idOf, recordsIn, SPACE } from './sync-devices.suite.ts'

describe('synchronising', () => {
  it('brings what one device has to another, as it was', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2 })]
    await a.edit(idOf(1), ['bells', 'owls'], {
      authors: ['Ada'],
      source: { path: 'x.zip', bytes: 5, modifiedAt: 6 },
    })
    await a.edit(idOf(2), ['towers'])
    expect(await a.run()).toMatchObject({ sent: { documents: 2, passages: 3, removals: 0 } })
    expect(await b.run()).toMatchObject({
      taken: { documents: 2, passages: 3, removals: 0 },
      sent: { documents: 0 },
    })
    const [mine, theirs] = [await a.library.load([idOf(1)]), await b.library.load([idOf(1)])]
    expect({ ...theirs[0], document: { ...theirs[0]?.document, firstKey: 0 } }).toEqual({
      ...mine[0],
      document: { ...mine[0]?.document, firstKey: 0 },
    })
    expect(await b.run()).toMatchObject({ taken: { documents: 0 }, sent: { documents: 0 } })
  })

  it('removes everywhere what was removed, and its words from the server', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2 })]
    await a.edit(idOf(1), ['bells', 'owls'])
    await a.run()
    await b.run()
    await b.remove(idOf(1))
    expect(await b.run()).toMatchObject({ sent: { removals: 1 } })
    expect(await recordsIn(server, 'notes')).toBe(0)
    expect(await a.run()).toMatchObject({ taken: { removals: 1 }, copies: 0 })
    expect(await a.library.documents()).toEqual([])
  })

  it('replaces what was edited, and removes the former passages', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2 })]
    await a.edit(idOf(1), ['one', 'two', 'three'])
    await a.run()
    await b.run()
    await b.edit(idOf(1), ['four', 'five'])
    await b.run()
    await a.run()
    expect(await a.texts()).toEqual(new Map([[idOf(1), 'four\n\nfive']]))
    expect(await recordsIn(server, 'notes')).toBe(2)
    expect(await a.journal.copies()).toEqual([])
  })

  it('lets the later of two edits win, and keeps a copy of the other where it was met', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2, skew: 5000 })]
    await a.edit(idOf(1), ['first'])
    await a.run()
    await b.run()
    await a.edit(idOf(1), ['of a'])
    await b.edit(idOf(1), ['of b'])
    await a.sync.note()
    await b.run()
    expect(await b.texts()).toEqual(new Map([[idOf(1), 'of b']]))
    expect(await a.run()).toMatchObject({ copies: 1 })
    expect(await a.texts()).toEqual(new Map([[idOf(1), 'of b']]))
    expect((await a.journal.copies())[0]).toMatchObject({
      from: 'here',
      stored: { contents: { text: 'of a' } },
    })
  })

  it('keeps a copy of what it overwrites unseen', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2, skew: 5000 })]
    await b.edit(idOf(1), ['of b'])
    await a.edit(idOf(1), ['of a'])
    await a.run()
    expect(await b.run()).toMatchObject({ copies: 1, sent: { documents: 1 } })
    const copies = await b.journal.copies()
    expect(copies[0]).toMatchObject({ from: 'server', stored: { contents: { text: 'of a' } } })
    await b.run()
    expect(await b.journal.copies()).toHaveLength(1)
    await a.run()
    expect(await a.texts()).toEqual(await b.texts())
    expect(await recordsIn(server, 'notes')).toBe(1)
  })

  it('moves nothing when two devices have read the same file', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2, skew: 5000 })]
    for (const device of [a, b]) await device.edit(idOf(1), ['the same'])
    await a.run()
    expect(await b.run()).toMatchObject({ sent: { documents: 0 }, taken: { documents: 0 }, copies: 0 })
    expect(await b.unsettled()).toBe(0)
  })

  it('changes only the side that it may', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2 })]
    await a.edit(idOf(1), ['of a'])
    await b.edit(idOf(2), ['of b'])
    await a.run('push')
    await b.run('push')
    expect((await b.texts()).size).toBe(1)
    await a.edit(idOf(3), ['more of a'])
    await a.run('pull')
    expect((await a.texts()).size).toBe(3)
    expect(await recordsIn(server, 'notes')).toBe(2)
    await b.run()
    expect((await b.texts()).size).toBe(2)
    await a.run()
    await b.run()
    expect(await b.texts()).toEqual(await a.texts())
  })

  it('says beforehand what it would do, and does nothing', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2, skew: 5000 })]
    for (const n of [1, 2, 3]) await a.edit(idOf(n), ['of', `a ${n}`])
    const control = FREE
    expect(await a.sync.plan('both', { control })).toMatchObject({ send: { documents: 3, passages: 6 } })
    expect(await server.collections()).toEqual([])
    await a.run()
    await b.edit(idOf(3), ['of b'])
    await b.edit(idOf(4), ['b alone'])
    expect(await b.sync.plan('both', { control })).toEqual({
      send: { documents: 2, passages: 2, removals: 0 },
      take: { documents: 2, passages: 4, removals: 0 },
      conflicts: 1,
      waiting: 0,
    })
    expect((await b.texts()).size).toBe(2)
    const { sent, taken, copies } = await b.run()
    expect({ sent, taken, copies }).toEqual({
      sent: { documents: 2, passages: 2, removals: 0 },
      taken: { documents: 2, passages: 4, removals: 0 },
      copies: 1,
    })
  })

  it('does not send what has no vectors of the model yet', async () => {
    const server = createMemoryVectorServer()
    const a = createDevice(server)
    await a.edit(idOf(1), ['old'], { space: 'another' as SpaceId })
    expect(await a.run()).toMatchObject({ waiting: 1, sent: { documents: 0 } })
    expect(await recordsIn(server, 'notes.docs')).toBe(0)
    await a.edit(idOf(1), ['old'])
    expect(await a.run()).toMatchObject({ waiting: 0, sent: { documents: 1 } })
  })

  it('tells what is to be indexed and what is not any more', async () => {
    const server = createMemoryVectorServer()
    const heard: string[] = []
    const hooks = {
      onTaken: async ({ contents }: { contents: { text: string } }) => void heard.push(`+${contents.text}`),
      onRemoved: async ({ title }: { title: string }) => void heard.push(`-${title}`),
    }
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2, hooks })]
    await a.edit(idOf(1), ['one'])
    await a.run()
    await b.run()
    await a.edit(idOf(1), ['two'])
    await a.run()
    await b.run()
    await a.remove(idOf(1))
    await a.run()
    await b.run()
    expect(heard).toEqual(['+one', '-one', '+two', '-two'])
  })

  it('refuses collections of another program, another model and a newer form, with a sentence', async () => {
    const server = createMemoryVectorServer()
    const metadata = { app: 'belfry', schema: 1, model: SPACE as string, dimension: 2 }
    const make = (name: string, more: object) =>
      server.openCollection({ name, space: 'cosine', metadata: { ...metadata, ...more } })
    await make('theirs', { app: 'other' })
    await make('newer', { schema: 2 })
    await make('model', { model: 'x', dimension: 3 })
    const refusal = (collection: string) => createDevice(server, { collection }).run()
    await expect(refusal('theirs')).rejects.toThrow('“theirs” is of another program')
    await expect(refusal('newer')).rejects.toMatchObject({ name: 'NewerBelfry' })
    await expect(refusal('model')).rejects.toThrow('vectors of another model (3 numbers each, here 2)')
  })

  it('tells of documents that it cannot understand, and leaves them', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2 })]
    for (const n of [1, 2, 3]) await a.edit(idOf(n), [`of a ${n}`])
    await a.run()
    const documents = await server.collection('notes.docs')
    const found = (await documents?.get([idOf(1), idOf(2)], ['vector', 'document', 'metadata'])) ?? []
    for (const [i, record] of found.entries()) {
      const { id, vector = Float32Array.of(1), document = '', metadata = {} } = record
      const change = i === 0 ? { _v: 2 } : { _h: '1'.repeat(64) }
      await documents?.upsert([{ id, vector, document, metadata: { ...metadata, ...change } }])
    }
    const { problems, taken } = await b.run()
    expect(taken.documents).toBe(1)
    expect(problems).toEqual([
      { id: idOf(1), sentence: expect.stringContaining('of a newer Belfry') as string },
      { id: idOf(2), sentence: expect.stringContaining('expected a document with the hash') as string },
    ])
    await b.edit(idOf(1), ['of b'])
    await b.run()
    const [kept] = (await documents?.get([idOf(1)], ['metadata'])) ?? []
    expect(kept?.metadata?.['_v']).toBe(2)
  })

  it('sends everything to a collection that was made anew', async () => {
    const server = createMemoryVectorServer()
    const a = createDevice(server)
    await a.edit(idOf(1), ['one'])
    await a.edit(idOf(2), ['two'])
    await a.run()
    await a.remove(idOf(2))
    await a.run()
    await server.dropCollection('notes')
    await server.dropCollection('notes.docs')
    expect(await a.run()).toMatchObject({ sent: { documents: 1, removals: 0 } })
    const b = createDevice(server, { seed: 2 })
    await b.run()
    expect(await b.texts()).toEqual(await a.texts())
  })

  it('sends again, in a full comparison, what the server has lost', async () => {
    const server = createMemoryVectorServer()
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2 })]
    await a.edit(idOf(1), ['one'])
    await a.run()
    await (await server.collection('notes.docs'))?.remove([idOf(1)])
    expect(await a.run()).toMatchObject({ sent: { documents: 0 } })
    expect(await a.run('both', true)).toMatchObject({ sent: { documents: 1 } })
    await b.run()
    expect(await b.texts()).toEqual(await a.texts())
  })

  it('looks at everything when the server’s clock was put back', async () => {
    let now = Date.now()
    const server = createMemoryVectorServer({ now: () => now })
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2 })]
    await a.edit(idOf(1), ['one'])
    await a.run()
    await b.run()
    now -= 5 * 3600e3
    await a.edit(idOf(2), ['two'])
    await a.run()
    await b.run()
    expect(await b.texts()).toEqual(await a.texts())
  })

  it('reads a large library a page at a time, and sends a large document whole', async () => {
    const server = createMemoryVectorServer({ pageSize: 7 })
    const [a, b] = [createDevice(server, { seed: 1 }), createDevice(server, { seed: 2 })]
    for (let n = 1; n <= 100; n++) await a.edit(idOf(n), [`of a ${n}`])
    await a.edit(
      idOf(101),
      Array.from({ length: 600 }, (_, i) => `passage ${i} ${'x'.repeat(50)}`),
    )
    await a.run()
    expect(await b.run()).toMatchObject({ taken: { documents: 101, passages: 700 } })
    expect(await b.texts()).toEqual(await a.texts())
    await a.remove(idOf(101))
    await a.run()
    expect([await recordsIn(server, 'notes'), await recordsIn(server, 'notes.docs')]).toEqual([100, 101])
  })
})
