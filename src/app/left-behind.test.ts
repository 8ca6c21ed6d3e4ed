import { describe, expect, it } from 'vitest'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createMemoryTabs, type MemoryTab } from '../adapters/memory-tabs.ts'
import { createMemoryWaitingFiles } from '../adapters/memory-waiting-files.ts'
import { parseDocumentId, type SpaceId } from '../core/document.ts'
import type { BelfryEvent } from '../core/events.ts'
import type { Tabs } from '../core/ports.ts'
import { createLeftBehind } from './left-behind.ts'
import { createWaitingNotes } from './waiting-notes.ts'

const job = (ticket: number) => {
  const name = `${ticket}.md`
  return { ticket, file: { name, path: `notes/${name}`, modifiedAt: 7, blob: new Blob(['12345']) } }
}

function openOrigin() {
  const { open } = createMemoryTabs()
  const waiting = createMemoryWaitingFiles()
  const library = createMemoryLibrary()
  const watch = (tabs: Tabs) => {
    const events: BelfryEvent[] = []
    const leftBehind = createLeftBehind({ tabs, waiting, library }, event => events.push(event))
    return { ...leftBehind, events }
  }
  const adding = async (tabs: MemoryTab, ...tickets: number[]) => {
    const before = (await waiting.all()).length
    const notes = createWaitingNotes({ tabs, waiting })
    notes.added(tickets.map(job))
    await expect.poll(async () => (await waiting.all()).length).toBe(before + tickets.length)
    return notes
  }
  return { open, waiting, library, watch, adding }
}

const told = (...paths: string[]) => ({ type: 'files-left-behind', paths })

describe('what a tab leaves behind', () => {
  it('is what it had not settled when it ended, and nothing while it lives', async () => {
    const { open, waiting, watch, adding } = openOrigin()
    const [self, other] = [open(), open()]
    const notes = await adding(other, 1, 2, 3)
    notes.settled(1)
    notes.settled(3)
    await expect.poll(async () => (await waiting.all()).length).toBe(1)
    const { measure, events } = watch(self)
    await measure()
    expect(events).toEqual([])
    other.end()
    await measure()
    await measure()
    expect(events).toEqual([told('notes/2.md')])
  })

  it('is told to every tab until it was seen in one of them', async () => {
    const { open, watch, adding, waiting } = openOrigin()
    const [first, second, dead, busy] = [open(), open(), open(), open()]
    await adding(dead, 1)
    await adding(busy, 2)
    dead.end()
    const [here, there] = [watch(first), watch(second)]
    await Promise.all([here.measure(), there.measure()])
    await here.forget()
    await there.measure()
    for (const { events } of [here, there]) expect(events).toEqual([told('notes/1.md'), told()])
    expect((await waiting.all()).map(({ tab }) => tab)).toEqual([busy.id])
  })

  it('is not what was stored just before, or was added again', async () => {
    const { open, watch, adding, library } = openOrigin()
    const [self, dead] = [open(), open()]
    await adding(dead, 1, 2)
    dead.end()
    const row = {
      id: parseDocumentId('a'.repeat(64)),
      title: 'One',
      name: '1.md',
      path: 'notes/1.md',
      mediaType: 'text/markdown',
      bytes: 5,
      modifiedAt: 7,
      addedAt: 1,
      passageCount: 0,
      space: 'space' as SpaceId,
    }
    await library.put(row, { text: '', passages: [] }, new Float32Array(0))
    const { measure, events } = watch(self)
    await measure()
    expect(events).toEqual([told('notes/2.md')])
  })

  it('is not told of where the browser does not say which tabs live', async () => {
    const { open, watch, adding } = openOrigin()
    await adding(open(), 1)
    const { measure, events } = watch({ ...open(), living: async () => undefined })
    await measure()
    expect(events).toEqual([])
  })
})
