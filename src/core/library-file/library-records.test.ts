import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createSha256 } from '../../adapters/noble-sha256.ts'
import { parseDocumentId, type SpaceId } from '../document.ts'
import { codeOf, messageOf } from '../errors.ts'
import { joinBytes } from './byte-cursor.ts'
import { createByteSource } from './byte-source.ts'
import { packDocument } from './document-section.ts'
import { packHead } from './head-section.ts'
import { type LibraryRecord, readRecords } from './library-records.ts'
import { packOpenings } from './openings-section.ts'
import { createSectionWriter, readSections, type Section } from './sections.ts'
import { packJson } from './small-sections.ts'

const HEADER = new Uint8Array(64)
const ID = parseDocumentId('a'.repeat(64))
const SCORES = { examples: 1, before: 0, after: 1, probesBefore: 1, probesAfter: 1 }

const documentWith = (vectors: Float32Array, end = 5) =>
  packDocument({
    document: {
      id: ID,
      title: 'Bread',
      name: 'bread.md',
      path: 'bread.md',
      mediaType: 'text/markdown',
      bytes: 5,
      modifiedAt: 1,
      addedAt: 2,
      passageCount: 1,
      firstKey: 9,
      space: 'space' as SpaceId,
    },
    contents: { text: 'Bread', passages: [{ start: 0, end, trail: ['Kitchen'] }] },
    vectors,
  })

const INFO: Section = {
  type: 'INFO',
  payload: packJson({ writtenAt: 1, documents: 1, passages: 1, model: undefined, openings: true }),
}
const DOCUMENT: Section = { type: 'DOCU', payload: documentWith(Float32Array.of(0.6, 0.8)) }
const HEAD: Section = {
  type: 'head',
  payload: packHead({
    tower: 'tower',
    source: 'openings',
    learnedAt: 1,
    scores: SCORES,
    inUse: true,
    correction: Float32Array.of(1, 0, 0, 1),
  }),
}
const OPENINGS: Section = {
  type: 'open',
  payload: packOpenings([
    { query: 'loaf', shown: [], opened: { document: ID, passage: 0 }, milliseconds: 1, at: 1 },
  ]),
}
const done = (counts = { documents: 1, passages: 1, heads: 1, openings: 1 }): Section => ({
  type: 'DONE',
  payload: packJson(counts),
})
const WHOLE = [INFO, DOCUMENT, HEAD, OPENINGS, done()]

/** The file without its header. */
async function chain(sections: readonly Section[]): Promise<Uint8Array> {
  const parts: Uint8Array[] = []
  const to = {
    write: async (bytes: Uint8Array) => void parts.push(bytes.slice()),
    end: async () => undefined,
  }
  const write = createSectionWriter(to, HEADER, createSha256)
  for (const section of sections) await write(section)
  return joinBytes(...parts)
}

async function readAll(bytes: Uint8Array): Promise<LibraryRecord[]> {
  let given = false
  const source = createByteSource(bytes.length, async () => {
    if (given) return new Uint8Array(0)
    given = true
    return bytes
  })
  const records: LibraryRecord[] = []
  for await (const record of readRecords(readSections(source, HEADER, createSha256))) records.push(record)
  return records
}

async function refusal(sections: readonly Section[]): Promise<string> {
  const error: unknown = await readAll(await chain(sections)).catch((error: unknown) => error)
  expect(codeOf(error)).toBe('BadLibraryFile')
  return messageOf(error)
}

const withDocument = (payload: Uint8Array) => [INFO, { type: 'DOCU', payload }, HEAD, OPENINGS, done()]

describe('the records of a library file', () => {
  it('come back in order', async () => {
    const records = await readAll(await chain(WHOLE))
    expect(records.map(({ kind }) => kind)).toEqual(['info', 'document', 'head', 'openings', 'counts'])
  })

  it('pass over what a later version has added and this one need not know', async () => {
    const tags = { type: 'tags', payload: Uint8Array.of(1, 2, 3) }
    expect(await readAll(await chain([INFO, tags, DOCUMENT, HEAD, tags, OPENINGS, done()]))).toHaveLength(5)
  })

  it('stop at what a later version needs everybody to know', async () => {
    expect(await refusal([INFO, { type: 'VIEW', payload: new Uint8Array(0) }, done()])).toContain(
      'newer Belfry',
    )
  })

  it('begin with what the file is, and have that once', async () => {
    expect(await refusal([DOCUMENT, INFO, HEAD, OPENINGS, done()])).toContain('order')
    expect(await refusal([INFO, INFO, DOCUMENT, HEAD, OPENINGS, done()])).toContain('order')
  })

  it('are as many as the file says', async () => {
    expect(await refusal([INFO, HEAD, OPENINGS, done()])).toContain('should hold 1 documents, and holds 0')
    expect(await refusal([INFO, DOCUMENT, DOCUMENT, HEAD, OPENINGS, done()])).toContain('and holds 2')
  })

  it.each([
    ['a vector that is too long', documentWith(Float32Array.of(1, 1)), 'length 1'],
    ['a vector that is no number', documentWith(Float32Array.of(Number.NaN, 0)), 'length 1'],
    ['a passage behind its text', documentWith(Float32Array.of(1, 0), 6), 'inside a text of 5'],
    ['no description', joinBytes(0), 'JSON'],
    ['a description longer than itself', joinBytes(1000), 'expected 1000 bytes of the description, got 0'],
    ['a description larger than any', joinBytes(2 ** 31), 'expected at most'],
    ['bytes behind its end', joinBytes(DOCUMENT.payload, 0), 'expected the end'],
  ])('refuse a document with %s', async (_, payload, words) => {
    expect(await refusal(withDocument(payload))).toContain(words)
  })

  it('claim no length that the file has not', async () => {
    const bytes = await chain(WHOLE)
    new DataView(bytes.buffer).setUint32(4, 0xffff_fff0, true)
    await expect(readAll(bytes)).rejects.toMatchObject({ name: 'BadLibraryFile' })
    await expect(readAll(bytes)).rejects.toThrow('claims to be 4294967280 bytes long')
  })

  it('are refused with a sentence, or are what they may be, whatever somebody writes into a part of them', async () => {
    const change = fc.record({ part: fc.nat(4), at: fc.nat(), byte: fc.nat(255), cut: fc.boolean() })
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async changes => {
        const sections = WHOLE.map(({ type, payload }) => ({ type, payload: payload.slice() }))
        for (const { part, at, byte, cut } of changes) {
          const section = sections[part]
          if (section === undefined || section.payload.length === 0) continue
          const place = at % section.payload.length
          if (cut) section.payload = section.payload.slice(0, place)
          else section.payload[place] = byte
        }
        const outcome: unknown = await readAll(await chain(sections)).catch((error: unknown) => error)
        if (Array.isArray(outcome)) return
        expect(codeOf(outcome)).toBe('BadLibraryFile')
        expect(messageOf(outcome)).toMatch(/^This library file cannot be used: .*\.$/s)
      }),
      { seed: 4, numRuns: 1500 },
    )
  })
})
