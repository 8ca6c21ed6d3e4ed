/** Makes the n-th write to any store fail as a full disk does. */
export function refuseWrite(n: number): { happened(): boolean; stop(): void } {
  const put = IDBObjectStore.prototype.put
  let left = n
  let happened = false
  IDBObjectStore.prototype.put = function (...given: Parameters<typeof put>) {
    if (left-- === 0) {
      happened = true
      throw new DOMException('the disk is full', 'QuotaExceededError')
    }
    return put.apply(this, given)
  }
  return {
    happened: () => happened,
    stop() {
      IDBObjectStore.prototype.put = put
    },
  }
}
