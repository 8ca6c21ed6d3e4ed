import { expect, it } from 'vitest'
import { openIdbHeadStore } from '../adapters/idb-head-store.ts'
import { openIdbInteractionLog } from '../adapters/idb-interaction-log.ts'
import { openIdbLibrary } from '../adapters/idb-library.ts'
import { refuseWrite } from '../adapters/refuse-write.suite.ts'
import { contentOf, createDevice, createFullDevice, type Device } from './transfer.suite.ts'

/** A device that keeps everything in IndexedDB, and has no model. */
function createStoringDevice(): Device {
  const name = crypto.randomUUID()
  const stores = {
    library: openIdbLibrary(`library-${name}`),
    heads: openIdbHeadStore(`heads-${name}`),
    log: openIdbInteractionLog(`log-${name}`),
  }
  return createDevice(stores, { encoder: undefined })
}

it('carries a library from memory into IndexedDB and on to another', async () => {
  const from = await createFullDevice()
  const [middle, to] = [createStoringDevice(), createStoringDevice()]
  await middle.import(await from.export({ passphrase: 'a b c', openings: true }), 'a b c')
  await to.import(await middle.export())
  expect(await contentOf(to)).toEqual(await contentOf(from))
})

it('has whole documents and goes on later, whichever write of an import the full disk refuses', async () => {
  const from = await createFullDevice()
  const file = await from.export()
  const all = await contentOf(from)
  let refusals = 0
  for (let n = 0; ; n += 3) {
    const device = createStoringDevice()
    const refusal = refuseWrite(n)
    const outcome = await device.import(file)
    refusal.stop()
    if (!refusal.happened()) break
    refusals++
    expect(outcome).toMatchObject({ kind: 'failed', code: 'StorageFull' })
    const { documents } = await contentOf(device)
    expect(documents).toEqual(all.documents.slice(0, documents.length))
    expect(await device.import(file)).toMatchObject({ kind: 'imported' })
    const complete = await contentOf(device)
    // Once a version is here, which one is in use is this device's own affair.
    const inUse = complete.heads.map(({ inUse }) => inUse)
    expect(complete).toEqual({ ...all, heads: all.heads.map((one, i) => ({ ...one, inUse: inUse[i] })) })
  }
  expect(refusals).toBeGreaterThan(5)
})
