import { openDB } from 'idb'
import { expect, it, vi } from 'vitest'
import { connect } from './idb-connection.ts'

it('says that another tab is in the way of an upgrade, and goes on when that one is closed', async () => {
  const name = `connection-test-${crypto.randomUUID()}`
  const old = await openDB(name, 1)
  const blocked = vi.fn()
  const upgrade = vi.fn()
  const connection = connect(name, 2, upgrade, { blocked })
  const version = connection.run(async db => db.version)
  await expect.poll(() => blocked.mock.calls.length).toBe(1)
  expect(upgrade).not.toHaveBeenCalled()
  old.close()
  expect(await version).toBe(2)
  await connection.close()
})
