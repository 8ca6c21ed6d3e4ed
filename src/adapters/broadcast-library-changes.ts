import type { LibraryChanges } from '../core/ports/tabs.ts'

/** Word of a change goes to every other tab of this origin, never back to the one that sent it. */
export function createBroadcastLibraryChanges(name = 'belfry-library'): LibraryChanges {
  const channel = new BroadcastChannel(name)
  return {
    announce: () => channel.postMessage('changed'),
    listen: heard => channel.addEventListener('message', () => heard()),
  }
}
