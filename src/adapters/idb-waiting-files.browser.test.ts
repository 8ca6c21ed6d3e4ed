import { openDB } from 'idb'
import { expect, it } from 'vitest'
import { openIdbWaitingFiles } from './idb-waiting-files.ts'
import { runWaitingFilesSuite } from './waiting-files.suite.ts'

const fresh = () => `waiting-test-${crypto.randomUUID()}`

runWaitingFilesSuite('IndexedDB', () => openIdbWaitingFiles(fresh()))

it('waiting files that an older Belfry has noted are still told of', async () => {
  const name = fresh()
  const old = await openDB(name, 1, {
    upgrade: db => void db.createObjectStore('files', { keyPath: ['tab', 'ticket'] }),
  })
  await old.put('files', { tab: 'a', ticket: 7, path: 'notes/tea.md', bytes: 3, modifiedAt: 5 })
  old.close()
  expect(await openIdbWaitingFiles(name).all()).toEqual([
    {
      id: 'a/7',
      tab: 'a',
      name: 'tea.md',
      path: 'notes/tea.md',
      bytes: 3,
      modifiedAt: 5,
      kept: false,
      tries: 0,
    },
  ])
})

it('bytes can be had by a handle where they are not kept', async () => {
  const folder = await navigator.storage.getDirectory()
  const handle = await folder.getFileHandle(`${crypto.randomUUID()}.md`, { create: true })
  const writable = await handle.createWritable()
  await writable.write('by hand')
  await writable.close()
  const waiting = openIdbWaitingFiles(fresh())
  await waiting.note('a', [{ id: 'a1', name: 'a.md', path: 'a.md', bytes: 7, modifiedAt: 5, handle }])
  const [adopted] = await waiting.adopt(['a'], 'b')
  expect(adopted).toMatchObject({ kept: true, tab: 'b' })
  const blob = await waiting.contents('a1')
  expect(blob && new TextDecoder().decode(await blob.arrayBuffer())).toBe('by hand')
})
