import { expect, it } from 'vitest'
import { openIdbInteractionLog } from './idb-interaction-log.ts'
import { interactionAt, runInteractionLogSuite, SUITE_CAPACITY } from './interaction-log.suite.ts'

const freshName = () => `log-test-${crypto.randomUUID()}`

runInteractionLogSuite('IndexedDB', async () => openIdbInteractionLog(freshName(), SUITE_CAPACITY))

it('keeps entries and the switch when it is opened again', async () => {
  const name = freshName()
  const first = openIdbInteractionLog(name)
  await first.append(interactionAt(1))
  await first.turn(false)
  const second = openIdbInteractionLog(name)
  expect([await second.all(), await second.isOn()]).toEqual([[interactionAt(1)], false])
})
