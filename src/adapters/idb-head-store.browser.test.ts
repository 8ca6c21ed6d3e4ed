import { expect, it } from 'vitest'
import { headOf, runHeadStoreSuite } from './head-store.suite.ts'
import { openIdbHeadStore } from './idb-head-store.ts'

const freshName = () => `heads-test-${crypto.randomUUID()}`

runHeadStoreSuite('IndexedDB', async () => openIdbHeadStore(freshName()))

it('keeps versions and the choice when it is opened again', async () => {
  const name = freshName()
  const first = openIdbHeadStore(name)
  const kept = await first.keep(headOf('a', 1))
  await first.use('a', 0)
  const second = openIdbHeadStore(name)
  expect([await second.versions('a'), await second.inUse('a')]).toEqual([[kept], 0])
})
