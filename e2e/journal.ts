import type { Page } from '@playwright/test'

/** How many files are noted, and the bytes of how many are kept. */
export function journal(page: Page): Promise<{ noted: number; kept: number }> {
  // All of it runs in the page, so that nothing can stand outside.
  /* oxlint-disable unicorn/consistent-function-scoping */
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
      })
    const db = await answer(indexedDB.open('belfry-waiting'))
    const tx = db.transaction(['files', 'bytes'])
    const [noted, kept] = await Promise.all([
      answer(tx.objectStore('files').count()),
      answer(tx.objectStore('bytes').count()),
    ])
    db.close()
    return { noted, kept }
  })
  /* oxlint-enable unicorn/consistent-function-scoping */
}
