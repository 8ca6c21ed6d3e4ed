import { describe, expect, it } from 'vitest'
import { parseDocumentId } from '../core/document.ts'
import type { ExtractedDocument } from '../core/ports/extractor.ts'
import type { Job } from './ingest.ts'
import type { ReadAhead, Reader } from './read-ahead.ts'
import { createGroupReader } from './read-in-groups.ts'

const job = (ticket: number, tries = 0): Job => ({
  ticket,
  tries,
  file: { name: `${ticket}.md`, path: `${ticket}.md`, modifiedAt: 0, blob: new Blob(['x']) },
})

function document(units: number): ExtractedDocument {
  const id = parseDocumentId('a'.repeat(64))
  return { id, mediaType: 'text/plain', bytes: 1, title: 'A', text: 'x'.repeat(units), headings: [] }
}

/** Gives these parts, and counts how many were asked for. */
function readerOf(parts: readonly ReadAhead[]): Reader & { readonly given: () => number } {
  let given = 0
  return {
    given: () => given,
    next: async () => parts[given++],
    stop: async () => [job(99)],
  }
}

const small = (count: number, tries = 0): ReadAhead[] =>
  Array.from({ length: count }, (_, i) => ({ ...job(i, tries), extracted: document(10) }))

/** Until nothing goes on by itself. */
const quiet = async () => {
  for (let i = 0; i < 200; i++) await Promise.resolve()
}

describe('reading in groups', () => {
  it('gives all that was read meanwhile, in order, to the end', async () => {
    const groups = createGroupReader(readerOf(small(40)))
    const tickets: number[] = []
    for (let group = await groups.next(); group !== undefined; group = await groups.next()) {
      expect(group.length).toBeGreaterThan(0)
      tickets.push(...group.map(({ ticket }) => ticket))
      await quiet()
    }
    expect(tickets).toEqual(Array.from({ length: 40 }, (_, i) => i))
  })

  it('reads no more than sixteen parts ahead', async () => {
    const reader = readerOf(small(40))
    const groups = createGroupReader(reader)
    const first = await groups.next()
    await quiet()
    expect(reader.given()).toBe((first?.length ?? 0) + 16)
    expect(await groups.next()).toHaveLength(16)
  })

  it('reads nothing on when what waits is long', async () => {
    const parts = small(9).map(part => ({ ...part, extracted: document(600_000) }))
    const groups = createGroupReader(readerOf(parts))
    await groups.next()
    await quiet()
    expect(await groups.next()).toHaveLength(2)
  })

  it('reads what may have brought a tab down by itself', async () => {
    const groups = createGroupReader(readerOf(small(5, 1)))
    for (let n = 0; n < 5; n++) {
      expect(await groups.next()).toHaveLength(1)
      await quiet()
    }
    expect(await groups.next()).toBeUndefined()
  })

  it('gives back first what was not taken in', async () => {
    const groups = createGroupReader(readerOf(small(6)))
    await groups.next()
    await quiet()
    const group = (await groups.next()) ?? []
    groups.giveBack(group.slice(2))
    const again = (await groups.next()) ?? []
    expect(again.map(({ ticket }) => ticket)).toEqual(group.slice(2).map(({ ticket }) => ticket))
  })

  it('names all jobs that were begun when it is stopped', async () => {
    const groups = createGroupReader(readerOf(small(4)))
    const first = (await groups.next()) ?? []
    await quiet()
    const left = await groups.stop()
    expect([...first, ...left].map(({ ticket }) => ticket)).toEqual([0, 1, 2, 3, 99])
  })
})
