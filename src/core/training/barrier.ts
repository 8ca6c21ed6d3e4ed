/** A place where threads wait for each other. */
export interface Barrier {
  /** Returns when every party has called it. */
  wait(): void
}

/** Nobody to wait for. */
export const ALONE: Barrier = { wait: () => undefined }

/** Most waits are short: look this often before sleeping. */
const LOOKS = 2000

/** `cells` is two zeros in shared memory. Not for a page's main thread, which may not sleep. */
export function createBarrier(cells: Int32Array, parties: number): Barrier {
  return {
    wait() {
      const round = Atomics.load(cells, 1)
      if (Atomics.add(cells, 0, 1) === parties - 1) {
        Atomics.store(cells, 0, 0)
        Atomics.add(cells, 1, 1)
        Atomics.notify(cells, 1)
        return
      }
      for (let i = 0; i < LOOKS; i++) if (Atomics.load(cells, 1) !== round) return
      while (Atomics.load(cells, 1) === round) Atomics.wait(cells, 1, round)
    },
  }
}
