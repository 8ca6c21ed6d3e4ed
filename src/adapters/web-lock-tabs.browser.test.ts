import { expect, it } from 'vitest'
import { runTabsSuite } from './tabs.suite.ts'
import { createWebLockTabs } from './web-lock-tabs.ts'

/** A frame holds locks of its own and gives them up when it is taken away, as a tab does. */
function openFrame(name: string) {
  const frame = document.body.appendChild(document.createElement('iframe'))
  const locks = frame.contentWindow?.navigator.locks
  return { tabs: createWebLockTabs(name, locks), end: () => frame.remove() }
}

runTabsSuite('Web Locks', () => {
  const name = `tabs-test-${crypto.randomUUID()}`
  return () => openFrame(name)
})

it('gives the turn of a tab that ends in the middle of its work to the next', async () => {
  const name = `tabs-test-${crypto.randomUUID()}`
  const [writing, waiting] = [openFrame(name), openFrame(name)]
  let began = false
  void writing.tabs
    .write(() => {
      began = true
      return new Promise<never>(() => {})
    })
    .catch(() => undefined)
  const after = waiting.tabs.write(async () => 'next')
  await expect.poll(() => began).toBe(true)
  writing.end()
  expect(await after).toBe('next')
})
