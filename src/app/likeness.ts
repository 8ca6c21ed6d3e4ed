import type { Catalogue } from '../core/catalogue.ts'
import type { DocumentId, LibraryDocument } from '../core/document.ts'
import type { DocumentLike, Emit } from '../core/events.ts'
import { createLikeTable } from '../core/likeness/like-table.ts'
import { sketchOf } from '../core/likeness/sketch.ts'
import type { Library } from '../core/ports/library.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { Saveable } from '../core/snapshot.ts'

/** Which documents are nearly the same: one more cache of the library. What it finds is told by `likes-changed`. */
export interface Likeness {
  /** Compares a document with all others. Safe to repeat. */
  note(document: LibraryDocument, text: string): void
  forget(document: LibraryDocument): void
  clear(): void
  /** The likest document that is none of `except`. */
  likest(document: LibraryDocument, except: readonly DocumentId[]): DocumentId | undefined
  areAlike(one: LibraryDocument, other: LibraryDocument): boolean
  /**
   * Makes it equal to the catalogue, after a start or another tab; texts are read only where nothing is known of them.
   * Resolves with whether anything was read.
   */
  fill(catalogue: Catalogue, library: Pick<Library, 'contents'>, clock: Clock): Promise<boolean>
  readonly saveable: Saveable
}

/** Documents compared between two pauses: a few milliseconds of work. */
const SLICE = 50

export function createLikeness(emit: Emit): Likeness {
  const table = createLikeTable()
  const keyOf = new Map<DocumentId, number>()
  const idOf = new Map<number, DocumentId>()
  /** The likest of each, and who is likest to whom. */
  const likestOf = new Map<number, number>()
  const followers = new Map<number, Set<number>>()
  const compared = new Set<number>()
  /** Told of together. */
  let changed: DocumentLike[] = []

  function tell(): void {
    if (changed.length === 0) return
    emit({ type: 'likes-changed', likes: changed })
    changed = []
  }

  function know(id: DocumentId, key: number): void {
    keyOf.set(id, key)
    idOf.set(key, id)
  }

  function link(key: number): void {
    const id = idOf.get(key)
    compared.add(key)
    const like = table.nearest(key, other => idOf.has(other))?.key
    const before = likestOf.get(key)
    if (id === undefined || like === before) return
    if (before !== undefined) followers.get(before)?.delete(key)
    if (like === undefined) likestOf.delete(key)
    else {
      likestOf.set(key, like)
      const known = followers.get(like) ?? new Set()
      followers.set(like, known.add(key))
    }
    changed.push({ id, like: like === undefined ? undefined : idOf.get(like) })
  }

  function drop(key: number): void {
    const id = idOf.get(key)
    table.remove(key)
    compared.delete(key)
    idOf.delete(key)
    if (id !== undefined) keyOf.delete(id)
    const before = likestOf.get(key)
    if (before !== undefined) followers.get(before)?.delete(key)
    if (likestOf.delete(key) && id !== undefined) changed.push({ id, like: undefined })
    const left = followers.get(key) ?? []
    followers.delete(key)
    for (const follower of left) link(follower)
  }

  function note({ id, firstKey }: LibraryDocument, text: string): void {
    const before = keyOf.get(id)
    if (before === firstKey && table.has(firstKey)) return
    if (before !== undefined) drop(before)
    know(id, firstKey)
    table.add(firstKey, sketchOf(text))
    link(firstKey)
  }

  /** Forgets what the library has no more, and knows the rest by name. */
  function rename(documents: readonly LibraryDocument[]): void {
    const living = new Set(documents.map(({ firstKey }) => firstKey))
    for (const key of [...table.keys(), ...idOf.keys()]) if (!living.has(key)) drop(key)
    for (const { id, firstKey } of documents) if (table.has(firstKey)) know(id, firstKey)
  }

  return {
    note(document, text) {
      note(document, text)
      tell()
    },
    forget({ id }) {
      const key = keyOf.get(id)
      if (key !== undefined) drop(key)
      tell()
    },
    clear() {
      for (const known of [keyOf, idOf, likestOf, followers, compared]) known.clear()
      table.clear()
      changed = []
    },
    likest({ firstKey }, except) {
      const may = (key: number) => {
        const id = idOf.get(key)
        return id !== undefined && !except.includes(id)
      }
      const like = table.nearest(firstKey, may)
      return like && idOf.get(like.key)
    },
    areAlike: (one, other) => table.areAlike(one.firstKey, other.firstKey),
    async fill(catalogue, library, clock) {
      const documents = [...catalogue.documents()]
      const isThere = ({ id, firstKey }: LibraryDocument) => catalogue.get(id)?.firstKey === firstKey
      let read = 0
      rename(documents)
      for (const [i, document] of documents.entries()) {
        const { id, firstKey } = document
        if (!table.has(firstKey)) {
          const contents = await library.contents(id)
          if (contents !== undefined && isThere(document)) note(document, contents.text)
          read++
        } else if (!compared.has(firstKey)) link(firstKey)
        if (i % SLICE !== SLICE - 1) continue
        tell()
        await clock.breathe()
      }
      tell()
      return read > 0
    },
    saveable: table.saveable,
  }
}
