import type { Page } from '@playwright/test'

/** What the library's database holds, in numbers. */
export interface Stored {
  readonly documents: readonly {
    readonly id: string
    readonly name: string
    readonly firstKey: number
    readonly passageCount: number
  }[]
  /** Passages, and where the last of them ends in the text, by document. */
  readonly contents: Readonly<Record<string, { readonly passages: number; readonly end: number }>>
  /** UTF-16 units by document. */
  readonly texts: Readonly<Record<string, number>>
  /** Numbers in the block of vectors by document. */
  readonly vectors: Readonly<Record<string, number>>
  readonly nextKey: number
}

/** Reads the database itself, past all of Belfry. */
export function readStored(page: Page): Promise<Stored> {
  // All of it runs in the page, so that nothing can stand outside.
  /* oxlint-disable unicorn/consistent-function-scoping */
  return page.evaluate(async () => {
    const answer = <T>(request: IDBRequest<T>) =>
      new Promise<T>((resolve, reject) => {
        request.addEventListener('success', () => resolve(request.result))
        request.addEventListener('error', () => reject(request.error ?? new Error('no answer')))
      })
    const db = await answer(indexedDB.open('belfry'))
    const tx = db.transaction(['documents', 'contents', 'texts', 'vectors', 'meta'])
    const all = (name: string) => answer<Record<string, unknown>[]>(tx.objectStore(name).getAll())
    const [documents, contents, vectors, segments, owners, nextKey] = await Promise.all([
      all('documents'),
      all('contents'),
      all('vectors'),
      answer<string[]>(tx.objectStore('texts').getAll()),
      answer(tx.objectStore('texts').getAllKeys()),
      answer<number | undefined>(tx.objectStore('meta').get('nextKey')),
    ])
    db.close()
    const texts: Record<string, number> = {}
    for (const [i, owner] of owners.entries()) {
      const [id] = owner as [string, number]
      texts[id] = (texts[id] ?? 0) + (segments[i]?.length ?? 0)
    }
    const passagesOf = (row: Record<string, unknown>) => {
      const bounds = row['bounds'] as Uint32Array
      return { passages: bounds.length / 2, end: bounds.at(-1) ?? 0 }
    }
    return {
      documents: documents as unknown as Stored['documents'],
      contents: Object.fromEntries(contents.map(row => [String(row['id']), passagesOf(row)])),
      texts,
      vectors: Object.fromEntries(
        vectors.map(row => [String(row['id']), (row['data'] as Float32Array).length]),
      ),
      nextKey: nextKey ?? 1,
    }
  })
  /* oxlint-enable unicorn/consistent-function-scoping */
}

/**
 * Sentences about all that is wrong: half documents, rows without a document, keys or ids given twice, and documents that
 * were shown as searchable and are gone.
 *
 * @param shown Names of files
 * @param dimension Numbers in a vector
 */
export function problemsOf(stored: Stored, shown: Iterable<string>, dimension: number): string[] {
  const ids = new Set(stored.documents.map(({ id }) => id))
  const names = new Set(stored.documents.map(({ name }) => name))
  const problems = stored.documents.flatMap(document => halves(document, stored, dimension))
  if (ids.size < stored.documents.length) problems.push('an id is there twice')
  if (names.size < stored.documents.length) problems.push('a file is there twice, under two ids')
  for (const part of ['contents', 'texts', 'vectors'] as const) {
    const orphans = Object.keys(stored[part]).filter(id => !ids.has(id))
    if (orphans.length > 0) problems.push(`${orphans.length} ${part} belong to no document`)
  }
  for (const name of shown) if (!names.has(name)) problems.push(`${name} was shown and is gone`)
  return [...problems, ...sharedKeys(stored)]
}

function halves(document: Stored['documents'][number], stored: Stored, dimension: number): string[] {
  const { id, name, passageCount } = document
  const contents = stored.contents[id]
  const problems: string[] = []
  if (contents?.passages !== passageCount) {
    problems.push(`${name} should have ${passageCount} passages and has ${contents?.passages}`)
  }
  if ((stored.texts[id] ?? 0) < (contents?.end ?? 0)) problems.push(`the text of ${name} ends too early`)
  if (stored.vectors[id] !== passageCount * dimension) {
    problems.push(
      `${name} should have ${passageCount} vectors and has ${(stored.vectors[id] ?? 0) / dimension}`,
    )
  }
  return problems
}

function sharedKeys({ documents, nextKey }: Stored): string[] {
  const inOrder = documents.toSorted((a, b) => a.firstKey - b.firstKey)
  return inOrder.flatMap((document, i) => {
    const end = document.firstKey + Math.max(1, document.passageCount)
    const next = inOrder[i + 1]?.firstKey ?? nextKey
    return end <= next ? [] : [`keys of ${document.name} reach ${end}, and the next begin at ${next}`]
  })
}
