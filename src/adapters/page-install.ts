/** Chromium's offer to install a page; other browsers install from their menus and say nothing. */
interface InstallPromptEvent extends Event {
  prompt(): Promise<unknown>
}

export interface InstallOffer {
  /** True while the browser would show its dialog. */
  available(): boolean
  /** @returns The way to stop listening. */
  subscribe(listener: () => void): () => void
  prompt(): Promise<void>
}

export function listenForInstallOffer(): InstallOffer {
  const listeners = new Set<() => void>()
  let offered: InstallPromptEvent | undefined

  function change(to: InstallPromptEvent | undefined): void {
    offered = to
    for (const listener of listeners) listener()
  }

  addEventListener('beforeinstallprompt', event => {
    // Otherwise the browser shows its own banner, over the page, at a moment of its choice.
    event.preventDefault()
    change(event as InstallPromptEvent)
  })
  addEventListener('appinstalled', () => change(undefined))

  return {
    available: () => offered !== undefined,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    async prompt() {
      const event = offered
      // An offer can be used once.
      change(undefined)
      await event?.prompt()
    },
  }
}
