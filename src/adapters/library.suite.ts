import { describe, expect, it } from 'vitest'
import { type NewDocument, parseDocumentId, type SpaceId } from '../core/document.ts'
import type { Library } from '../core/ports/library.ts'

const SPACE = 'suite-space' as SpaceId

/** The promises of the `Library` port; `open` gives an empty one. */
export function runLibrarySuite(name: string, open: () => Promise<Library>): void {
  describe(`library: ${name}`, () => {
    it('starts empty', async () => {
      const library = await open()
      expect(await library.documents()).toEqual([])
      expect(await library.has(idOf(1))).toBe(false)
      expect(await library.load([idOf(1)])).toEqual([])
    })

    it('gives back what was put', async () => {
      const library = await open()
      const stored = await putSample(library, 1, 3)
      expect(await library.has(idOf(1))).toBe(true)
      expect(await library.documents()).toEqual([stored])
      const [loaded] = await library.load([idOf(1)])
      expect(loaded).toEqual({ document: stored, contents: contentsOf(1, 3), vectors: vectorsOf(1, 3) })
    })

    it('gives every passage a key of its own', async () => {
      const library = await open()
      const first = await putSample(library, 1, 3)
      const second = await putSample(library, 2, 2)
      expect(second.firstKey).toBeGreaterThanOrEqual(first.firstKey + 3)
    })

    it('never gives a key again, not after a removal and not after clearing', async () => {
      const library = await open()
      const first = await putSample(library, 1, 3)
      await library.remove(idOf(1))
      const second = await putSample(library, 1, 3)
      await library.clear()
      const third = await putSample(library, 1, 3)
      expect(second.firstKey).toBeGreaterThanOrEqual(first.firstKey + 3)
      expect(third.firstKey).toBeGreaterThanOrEqual(second.firstKey + 3)
    })

    it('keeps the keys of a document that is put again with as many passages', async () => {
      const library = await open()
      const first = await putSample(library, 1, 3)
      const again = await putSample(library, 1, 3)
      expect(again.firstKey).toBe(first.firstKey)
      expect(await library.documents()).toHaveLength(1)
    })

    it('gives new keys to a document that is put again with another number of passages', async () => {
      const library = await open()
      const first = await putSample(library, 1, 3)
      const again = await putSample(library, 1, 4)
      expect(again.firstKey).toBeGreaterThanOrEqual(first.firstKey + 3)
      expect(await library.documents()).toEqual([again])
    })

    it('gives new keys to a document that is cut otherwise, also into as many passages', async () => {
      const library = await open()
      const first = await putSample(library, 1, 3)
      const cut = { size: 'short', overlap: 'none', trail: true } as const
      const again = await library.put({ ...documentOf(1, 3), cut }, contentsOf(1, 3), vectorsOf(1, 3))
      expect(again.firstKey).toBeGreaterThanOrEqual(first.firstKey + 3)
      expect(await library.documents()).toEqual([again])
    })

    it('keeps where headings and pages begin', async () => {
      const library = await open()
      const outline = { headings: [{ offset: 0, level: 1, text: 'x' }], pages: [{ offset: 3, page: 2 }] }
      const contents = { ...contentsOf(1, 2), outline }
      await library.put(documentOf(1, 2), contents, vectorsOf(1, 2))
      expect(await library.contents(idOf(1))).toEqual(contents)
      expect((await library.load([idOf(1)]))[0]?.contents).toEqual(contents)
    })

    it('gives new keys where its passages are others, as many as they may be', async () => {
      const library = await open()
      const first = await putSample(library, 1, 3)
      const [stored] = await library.load([first.id])
      if (stored === undefined) throw new Error('expected the document that was put')
      const { document, contents, vectors } = stored
      const again = await library.put(document, contents, vectors, { newKeys: true })
      expect(again.firstKey).toBeGreaterThanOrEqual(first.firstKey + 3)
      expect(await library.documents()).toEqual([again])
    })

    it('lists documents in the order in which they were added', async () => {
      const library = await open()
      for (const n of [5, 1, 9, 3]) await putSample(library, n, 1)
      expect((await library.documents()).map(document => document.title)).toEqual(['5', '1', '9', '3'])
    })

    it('keeps a document without passages', async () => {
      const library = await open()
      await putSample(library, 1, 0)
      await putSample(library, 2, 0)
      expect(await library.documents()).toHaveLength(2)
    })

    it('removes a document whole and hands it back', async () => {
      const library = await open()
      const stored = await putSample(library, 1, 2)
      const removed = await library.remove(idOf(1))
      expect(removed).toEqual({ document: stored, contents: contentsOf(1, 2), vectors: vectorsOf(1, 2) })
      expect(await library.has(idOf(1))).toBe(false)
      expect(await library.contents(idOf(1))).toBeUndefined()
      expect(await library.passages([{ id: idOf(1), passage: 0 }])).toEqual([undefined])
      expect(await library.remove(idOf(1))).toBeUndefined()
    })

    it('gives the whole text of a document, or nothing', async () => {
      const library = await open()
      await putSample(library, 1, 2)
      expect(await library.contents(idOf(1))).toEqual(contentsOf(1, 2))
      expect(await library.contents(idOf(2))).toBeUndefined()
    })

    it('gives single passages with their words, in the order asked for', async () => {
      const library = await open()
      await putSample(library, 1, 2)
      await putSample(library, 2, 1)
      const found = await library.passages([
        { id: idOf(2), passage: 0 },
        { id: idOf(3), passage: 0 },
        { id: idOf(1), passage: 1 },
        { id: idOf(1), passage: 2 },
      ])
      expect(found.map(passage => passage?.text)).toEqual([
        'passage of 2',
        undefined,
        'passage of 1',
        undefined,
      ])
      expect(found[2]).toMatchObject({ start: 13, end: 25, trail: ['Part', 'Chapter 1'] })
    })

    it('gives the passages of a book as they stand in it', async () => {
      const library = await open()
      const text = Array.from({ length: 30_000 }, (_, i) => `word${i}`).join(' ')
      const passages = Array.from({ length: 40 }, (_, i) => ({
        start: i * 7000,
        end: i * 7000 + 6990,
        trail: [],
      }))
      await library.put(documentOf(1, 40), { text, passages }, vectorsOf(1, 40))
      const addresses = passages.map((_, passage) => ({ id: idOf(1), passage }))
      const found = await library.passages(addresses)
      expect(found.map(passage => passage?.text)).toEqual(
        passages.map(({ start, end }) => text.slice(start, end)),
      )
      expect(await library.contents(idOf(1))).toEqual({ text, passages })
    })

    it('leaves nothing of a longer text when a document is put again', async () => {
      const library = await open()
      const passages = [{ start: 0, end: 5, trail: [] }]
      await library.put(documentOf(1, 1), { text: 'x'.repeat(100_000), passages }, vectorsOf(1, 1))
      await library.put(documentOf(1, 1), { text: 'short', passages }, vectorsOf(1, 1))
      expect(await library.contents(idOf(1))).toEqual({ text: 'short', passages })
    })

    it('is not changed when a caller writes into what it was given or gave', async () => {
      const library = await open()
      const vectors = vectorsOf(1, 1)
      await library.put(documentOf(1, 1), contentsOf(1, 1), vectors)
      vectors.fill(0)
      const [loaded] = await library.load([idOf(1)])
      expect(loaded?.vectors).toEqual(vectorsOf(1, 1))
      loaded?.vectors.fill(0)
      expect((await library.load([idOf(1)]))[0]?.vectors).toEqual(vectorsOf(1, 1))
    })

    it('survives many puts at once', async () => {
      const library = await open()
      const stored = await Promise.all([1, 2, 3, 4, 5, 6].map(n => putSample(library, n, n)))
      const keys = stored.flatMap(({ firstKey, passageCount }) =>
        Array.from({ length: passageCount }, (_, i) => firstKey + i),
      )
      expect(new Set(keys).size).toBe(21)
    })

    it('says how much space is used', async () => {
      const { used, quota } = await (await open()).usage()
      expect(used).toBeGreaterThanOrEqual(0)
      expect(quota).toBeGreaterThan(used)
    })
  })
}

function idOf(n: number) {
  return parseDocumentId(n.toString(16).padStart(64, '0'))
}

function documentOf(n: number, passageCount: number): NewDocument {
  return {
    id: idOf(n),
    title: String(n),
    name: `${n}.md`,
    path: `notes/${n}.md`,
    mediaType: 'text/markdown',
    bytes: 10 * n,
    modifiedAt: 1,
    addedAt: 2,
    passageCount,
    space: SPACE,
  }
}

function contentsOf(n: number, passageCount: number) {
  return {
    text: `passage of ${n} `.repeat(passageCount),
    passages: Array.from({ length: passageCount }, (_, i) => ({
      start: 13 * i,
      end: 13 * i + 12,
      trail: i % 2 === 0 ? [] : ['Part', `Chapter ${i}`],
    })),
  }
}

function vectorsOf(n: number, passageCount: number): Float32Array {
  return Float32Array.from({ length: passageCount * 4 }, (_, i) => n + i / 8)
}

function putSample(library: Library, n: number, passageCount: number) {
  return library.put(documentOf(n, passageCount), contentsOf(n, passageCount), vectorsOf(n, passageCount))
}
