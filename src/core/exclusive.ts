/** Runs one piece of work at a time, in the order asked for; a failure is its caller's and the next one runs. */
export type Exclusive = <T>(work: () => Promise<T>) => Promise<T>

export function createExclusive(): Exclusive {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const result = last.then(work, work)
    last = result.catch(() => undefined)
    return result
  }
}
