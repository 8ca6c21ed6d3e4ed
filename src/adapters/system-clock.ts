import type { Clock } from '../core/ports/platform.ts'

/**
 * The machine's clock. A pause goes through a message channel: timers are held to 4 ms once they nest, and to a second
 * in a page behind others.
 */
export function createSystemClock(): Clock {
  const { port1, port2 } = new MessageChannel()
  const waiting: (() => void)[] = []
  port1.addEventListener('message', () => waiting.shift()?.())
  port1.start()
  return {
    now: () => Date.now(),
    breathe: () =>
      new Promise(resolve => {
        waiting.push(resolve)
        port2.postMessage(undefined)
      }),
    rest: milliseconds =>
      new Promise(resolve => {
        setTimeout(resolve, milliseconds)
      }),
  }
}
