import type { Page } from '@playwright/test'

/** What the library's database holds of the words that were planted. */
export interface StoredWords {
  readonly documents: number
  readonly passages: number
  /** Number of documents that have it in their text, by word. */
  readonly words: Readonly<Record<string, number>>
}

/** Reads the database itself, past all of Belfry. */
export function readWords(page: Page): Promise<StoredWords> {
  // All of it runs in the page, so that nothing can stand outside.
  /* oxlint-disable unicorn/consistent-function-scoping */
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
      })
    const db = await answer(indexedDB.open('belfry'))
    const tx = db.transaction(['documents', 'texts'])
    const rows = await answer<{ passageCount: number }[]>(tx.objectStore('documents').getAll())
    const owners = new Map<string, Set<string>>()
    await new Promise<void>((resolve, reject) => {
      const request = tx.objectStore('texts').openCursor()
      request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
      request.addEventListener('success', () => {
        const cursor = request.result
        if (cursor === null) return resolve()
        const [id] = cursor.key as [string, number]
        for (const word of String(cursor.value).match(/zyx[a-z]{6}/g) ?? []) {
          owners.set(word, (owners.get(word) ?? new Set()).add(id))
        }
        cursor.continue()
      })
    })
    db.close()
    return {
      documents: rows.length,
      passages: rows.reduce((sum, { passageCount }) => sum + passageCount, 0),
      words: Object.fromEntries(Array.from(owners, ([word, ids]) => [word, ids.size])),
    }
  })
  /* oxlint-enable unicorn/consistent-function-scoping */
}
