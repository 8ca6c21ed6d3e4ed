import { describe, expect, it } from 'vitest'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { createCatalogue } from '../core/catalogue.ts'
import { type LibraryDocument, parseDocumentId, type SpaceId } from '../core/document.ts'
import type { BelfryEvent } from '../core/events.ts'
import type { Library } from '../core/ports/library.ts'
import { createRandom } from '../core/training/random.ts'
import { createLikeness } from './likeness.ts'

const clock = { now: () => 0, breathe: () => Promise.resolve() }

/** 200 words. */
function letter(seed: number): string {
  const random = createRandom(seed)
  return Array.from({ length: 200 }, () => `word${random.below(500)}`).join(' ')
}

const OFFER = letter(1)
const NEWER = `${OFFER} The price holds until May.`

async function put(library: Library, digit: string, text: string): Promise<LibraryDocument> {
  const contents = { text, passages: [{ start: 0, end: text.length, trail: [] }] }
  const row = {
    id: parseDocumentId(digit.repeat(64)),
    title: digit,
    name: digit,
    path: digit,
    mediaType: 'text/plain',
    bytes: 1,
    modifiedAt: 0,
    addedAt: 0,
    passageCount: 1,
    space: 's' as SpaceId,
  }
  return library.put(row, contents, new Float32Array(1))
}

/** A likeness, and what somebody knows who hears it: "b>a" where b is nearly the same as a. */
function heard() {
  const known = new Map<string, string>()
  const likes = createLikeness((event: BelfryEvent) => {
    if (event.type !== 'likes-changed') return
    for (const { id, like } of event.likes) {
      if (like === undefined) known.delete(id.charAt(0))
      else known.set(id.charAt(0), like.charAt(0))
    }
  })
  return { likes, known: () => [...known].map(([one, other]) => `${one}>${other}`).toSorted() }
}

async function three() {
  const library = createMemoryLibrary()
  const documents = [
    await put(library, 'a', OFFER),
    await put(library, 'b', letter(2)),
    await put(library, 'c', NEWER),
  ]
  const catalogue = createCatalogue()
  catalogue.replaceAll(documents)
  const [a, b, c] = documents as [LibraryDocument, LibraryDocument, LibraryDocument]
  return { library, catalogue, a, b, c }
}

describe('likeness', () => {
  it('tells what is nearly the same when it comes, and when it goes', async () => {
    const { a, b, c } = await three()
    const { likes, known } = heard()
    likes.note(a, OFFER)
    likes.note(b, letter(2))
    expect(known()).toEqual([])
    likes.note(c, NEWER)
    expect(known()).toEqual(['c>a'])
    expect([
      likes.likest(c, []),
      likes.likest(c, [a.id]),
      likes.areAlike(a, c),
      likes.areAlike(a, b),
    ]).toEqual([a.id, undefined, true, false])
    likes.forget(a)
    expect(known()).toEqual([])
  })

  it('finds another one for those whose likest has gone', async () => {
    const { library, a, c } = await three()
    const d = await put(library, 'd', `${NEWER} Yours.`)
    const { likes, known } = heard()
    likes.note(a, OFFER)
    likes.note(c, NEWER)
    likes.note(d, `${NEWER} Yours.`)
    expect(known()).toEqual(['c>a', 'd>c'])
    likes.forget(c)
    expect(known()).toEqual(['d>a'])
  })

  it('follows a document that got other keys', async () => {
    const { a, c } = await three()
    const { likes, known } = heard()
    likes.note(a, OFFER)
    likes.note(c, NEWER)
    likes.note({ ...c, firstKey: 70 }, NEWER)
    likes.note({ ...a, firstKey: 80 }, OFFER)
    expect(known().length).toBeGreaterThan(0)
    expect(known().every(pair => ['a>c', 'c>a'].includes(pair))).toBe(true)
  })

  it('reads what it does not know yet, and nothing that it does', async () => {
    const { library, catalogue } = await three()
    const read: string[] = []
    const counting: Pick<Library, 'contents'> = {
      contents(id) {
        read.push(id.charAt(0))
        return library.contents(id)
      },
    }
    const first = heard()
    expect(await first.likes.fill(catalogue, counting, clock)).toBe(true)
    expect([first.known(), read]).toEqual([['c>a'], ['a', 'b', 'c']])

    const second = heard()
    const parts = await Promise.all(
      (await first.likes.saveable.parts()).map(async part => ({
        ...part,
        bytes: await first.likes.saveable.readPart(part.name),
      })),
    )
    await second.likes.saveable.restore(
      parts.map(({ bytes, ...part }) => ({ ...part, read: async () => bytes })),
    )
    expect(await second.likes.fill(catalogue, counting, clock)).toBe(false)
    expect(second.known()).toEqual(['a>c', 'c>a'])
    expect(read).toHaveLength(3)
  })

  it('forgets what another tab has removed, and what is removed while it reads', async () => {
    const { library, catalogue, a, b } = await three()
    const { likes, known } = heard()
    await likes.fill(catalogue, library, clock)
    catalogue.delete(a.id)
    await likes.fill(catalogue, library, clock)
    expect(known()).toEqual([])

    const other = heard()
    catalogue.set(a)
    const removing: Pick<Library, 'contents'> = {
      contents(id) {
        if (id === a.id) catalogue.delete(a.id)
        return library.contents(id)
      },
    }
    await other.likes.fill(catalogue, removing, clock)
    expect(other.known()).toEqual([])
    expect(other.likes.areAlike(a, b)).toBe(false)
  })
})
