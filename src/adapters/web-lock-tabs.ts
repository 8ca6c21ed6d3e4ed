import type { Tabs } from '../core/ports/tabs.ts'

/** What is needed of `navigator.locks`. */
export type Locks = Pick<LockManager, 'request' | 'query'>

/**
 * Tabs that know of each other by Web Locks, which the browser releases when the tab, its worker or its process ends,
 * and by a channel on which each new one says that it is here. A page that is no secure context has no locks: there,
 * transactions alone keep the library whole, and nobody hears that a tab has ended.
 */
export function createWebLockTabs(name = 'belfry', locks: Locks | undefined = navigator.locks): Tabs {
  const id = [...crypto.getRandomValues(new Uint32Array(4))].map(n => n.toString(36)).join('-')
  return locks === undefined ? withoutLocks(id) : withLocks(id, name, locks)
}

function withLocks(id: string, name: string, locks: Locks): Tabs {
  /** Held by each tab for as long as it lives. */
  const lockOf = (tab: string) => `${name}-tab:${tab}`
  const alive = holdForLife(locks, lockOf(id))
  const followed = new Set([id])

  async function living(): Promise<ReadonlySet<string>> {
    await alive
    const { held = [] } = await locks.query()
    const start = lockOf('')
    const names = held.map(lock => lock.name ?? '').filter(held => held.startsWith(start))
    return new Set(names.map(held => held.slice(start.length)))
  }

  let leading: Promise<void> | undefined

  async function follow(tab: string, ended: () => void): Promise<void> {
    if (followed.has(tab)) return
    followed.add(tab)
    // Shared, so that all who wait for the end of a tab hear of it at once. A tab that is itself about to end is refused.
    const heard = await locks.request(lockOf(tab), { mode: 'shared' }, () => true).catch(() => false)
    if (heard) ended()
  }

  async function greet(channel: BroadcastChannel, ended: () => void): Promise<void> {
    const tabs = await living()
    channel.postMessage(id)
    for (const tab of tabs) void follow(tab, ended)
  }

  return {
    id,
    write: work => locks.request(`${name}-writer`, work),
    alone: (what, work, busy) =>
      busy === undefined
        ? locks.request(`${name}-alone:${what}`, work)
        : locks.request(`${name}-alone:${what}`, { ifAvailable: true }, lock => (lock ? work() : busy())),
    living,
    lead(begin) {
      leading ??= holdForLife(locks, `${name}-leader`)
      void leading.then(begin)
    },
    watch(ended) {
      const channel = new BroadcastChannel(`${name}-tabs`)
      channel.addEventListener('message', event => void follow(String(event.data), ended))
      void greet(channel, ended)
    },
  }
}

/** Resolves when the lock is held; it is given up when this tab ends. */
function holdForLife(locks: Locks, name: string): Promise<void> {
  return new Promise(held => {
    void locks.request(name, () => {
      held()
      return new Promise<never>(() => {})
    })
  })
}

function withoutLocks(id: string): Tabs {
  return {
    id,
    write: work => work(),
    alone: (_, work) => work(),
    living: async () => undefined,
    watch: () => {},
    lead: begin => begin(),
  }
}
