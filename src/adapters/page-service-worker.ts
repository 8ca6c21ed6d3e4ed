/** What the page needs of its service worker: to have one, to hear of a newer one, and to let that one take over. */
export interface ServiceWorkerUpdates {
  /** True when a newer version waits. */
  ready(): boolean
  /** @returns The way to stop listening. */
  subscribe(listener: () => void): () => void
  /** Lets the newer version take over, and loads the page again. */
  takeOver(): void
}

const RELOADED_FOR_ISOLATION = 'belfry-reloaded-for-isolation'

/** @param idle Whether the page may be loaded again without anybody losing anything. */
export function registerServiceWorker(url: string, idle: () => boolean): ServiceWorkerUpdates {
  const listeners = new Set<() => void>()
  let waiting: ServiceWorker | undefined

  function offer(worker: ServiceWorker | null): void {
    // Without a controller this is the first version, and there is nothing to update.
    if (worker === null || navigator.serviceWorker.controller === null) return
    waiting = worker
    for (const listener of listeners) listener()
  }

  async function register(): Promise<void> {
    const registration = await navigator.serviceWorker.register(url)
    offer(registration.waiting)
    registration.addEventListener('updatefound', () => {
      const found = registration.installing
      found?.addEventListener('statechange', () => {
        if (found.state === 'installed') offer(registration.waiting)
      })
    })
  }

  // The development server has none.
  if (import.meta.env.PROD && 'serviceWorker' in navigator) {
    navigator.serviceWorker.addEventListener('controllerchange', () => {
      if (idle()) reloadOnceForIsolation()
    })
    // The page works without it, only not offline: a private window may refuse.
    register().catch(() => undefined)
  }

  return {
    ready: () => waiting !== undefined,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    takeOver() {
      navigator.serviceWorker.addEventListener('controllerchange', () => location.reload(), { once: true })
      waiting?.postMessage('take over')
    },
  }
}

/**
 * On a host without isolation headers the service worker adds them from the next load on. That load happens by itself,
 * once, on the very first visit.
 */
function reloadOnceForIsolation(): void {
  if (crossOriginIsolated || sessionStorage.getItem(RELOADED_FOR_ISOLATION) !== null) return
  sessionStorage.setItem(RELOADED_FOR_ISOLATION, 'yes')
  location.reload()
}
