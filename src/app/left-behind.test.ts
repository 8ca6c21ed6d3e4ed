import { describe, expect, it } from 'vitest'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createMemoryTabs } from '../adapters/memory-tabs.ts'
import { createMemoryWaitingFiles } from '../adapters/memory-waiting-files.ts'
import { parseDocumentId, type SpaceId } from '../core/document.ts'
import type { BelfryEvent } from '../core/events.ts'
import type { Tabs } from '../core/ports/tabs.ts'
import { createLeftBehind } from './left-behind.ts'

const noteOf = (n: number) => ({
  id: `${n}`,
  name: `${n}.md`,
  path: `notes/${n}.md`,
  bytes: 5,
  modifiedAt: 7,
})

function openOrigin() {
  const { open } = createMemoryTabs()
  const waiting = createMemoryWaitingFiles()
  const library = createMemoryLibrary()
  const watch = (tabs: Tabs) => {
    const events: BelfryEvent[] = []
    const leftBehind = createLeftBehind({ tabs, waiting, library }, event => events.push(event))
    return { ...leftBehind, events }
  }
  return { open, waiting, library, watch }
}

const told = (...paths: string[]) => ({ type: 'files-left-behind', paths })

describe('what a tab leaves behind', () => {
  it('is what was not kept of it when it ended, and nothing while it lives', async () => {
    const { open, waiting, watch } = openOrigin()
    const [self, other] = [open(), open()]
    await waiting.note(other.id, [1, 2, 3].map(noteOf))
    await waiting.keep([{ id: '3', blob: new Blob(['12345']) }])
    await waiting.settle(['1'])
    const { measure, events } = watch(self)
    await measure()
    expect(events).toEqual([])
    other.end()
    await measure()
    await measure()
    expect(events).toEqual([told('notes/2.md')])
  })

  it('is told to every tab until it was seen in one of them', async () => {
    const { open, watch, waiting } = openOrigin()
    const [first, second, dead, busy] = [open(), open(), open(), open()]
    await waiting.note(dead.id, [1, 3].map(noteOf))
    await waiting.keep([{ id: '3', blob: new Blob(['12345']) }])
    await waiting.note(busy.id, [noteOf(2)])
    dead.end()
    const [here, there] = [watch(first), watch(second)]
    await Promise.all([here.measure(), there.measure()])
    await here.forget()
    await there.measure()
    for (const { events } of [here, there]) expect(events).toEqual([told('notes/1.md'), told()])
    expect((await waiting.all()).map(({ id }) => id)).toEqual(['2', '3'])
  })

  it('is not what was stored just before, or was added again', async () => {
    const { open, watch, waiting, library } = openOrigin()
    const [self, dead] = [open(), open()]
    await waiting.note(dead.id, [1, 2].map(noteOf))
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
    const { open, watch, waiting } = openOrigin()
    await waiting.note(open().id, [noteOf(1)])
    const { measure, events } = watch({ ...open(), living: async () => undefined })
    await measure()
    expect(events).toEqual([])
  })
})
