import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Passage, parseDocumentId, type SpaceId, type StoredDocument } from '../document.ts'
import type { FoundRecord, NewRecord } from '../ports/vector-server.ts'
import { manifestRecord, parseManifest, passageIds } from './document-manifest.ts'
import { fingerprintOf, packDocument, type PackedDocument, unpackDocument } from './document-records.ts'
import { START, tick } from './revision.ts'

const SPACE = 'a space' as SpaceId
const hash = (text: string) => createHash('sha256').update(text).digest('hex')
const ID = parseDocumentId(hash('a file'))
const [, REVISION] = tick(START, 1_795_168_411_651, 'aaaaaaaa')

/** Anything that may be in a file: half letters, NULs, and words of more than a record holds. */
const anyText = fc
  .array(
    fc.oneof(
      fc.string({ unit: 'binary', maxLength: 40 }),
      fc.constantFrom('\ud83d', '\ude42', '\n\n', 'ü'.repeat(9000), '🙂'.repeat(5000), '\u0000'),
    ),
    { maxLength: 12 },
  )
  .map(parts => parts.join(''))

/** Passages anywhere in a text, also over each other. */
const anyDocument = fc
  .record({
    text: anyText,
    cuts: fc.array(fc.tuple(fc.nat(), fc.nat(), fc.boolean()), { maxLength: 6 }),
    full: fc.boolean(),
  })
  .map(({ text, cuts, full }): StoredDocument => {
    const passages = cuts.map(([a, b, withPage]): Passage => {
      const [start = 0, end = 0] = [a % (text.length + 1), b % (text.length + 1)].toSorted((x, y) => x - y)
      return { start, end, trail: ['Chapter', `§ ${a}`], ...(withPage ? { page: 1 + (b % 9) } : {}) }
    })
    const more = { authors: ['Ada', ''], writtenAt: -5, source: { path: 'a.zip', bytes: 9, modifiedAt: 8 } }
    const document = {
      id: ID,
      title: text.slice(0, 300),
      name: 'a.md',
      path: 'notes/a.md',
      mediaType: 'text/markdown',
      bytes: 12,
      modifiedAt: 1_700_000_000_000,
      addedAt: 1_700_000_000_001.5,
      passageCount: passages.length,
      firstKey: 77,
      space: SPACE,
      ...(full ? more : {}),
    }
    const vectors = Float32Array.from({ length: 3 * passages.length }, (_, i) => (i % 3 === 0 ? 1 : 0))
    return { document, contents: { text, passages }, vectors }
  })

/** As the server gives it back: it knows no half letters. */
function stored({ id, vector, document }: NewRecord): FoundRecord {
  return { id, vector, document: document.replace(/\p{Surrogate}/gu, '\ufffd') }
}

function unpack(packed: PackedDocument, records = packed.passages.map(stored), space = SPACE) {
  const description = [packed.description, ...packed.parts.map(({ document }) => document)].join('')
  return unpackDocument(packed.manifest, description, records, space, hash)
}

const sample = (change: Partial<StoredDocument['document']> = {}): StoredDocument => ({
  document: {
    id: ID,
    title: 'A',
    name: 'a.md',
    path: 'a.md',
    mediaType: 'text/plain',
    bytes: 9,
    modifiedAt: 1_700_000_000_000,
    addedAt: 1_700_000_000_000,
    passageCount: 2,
    firstKey: 5,
    space: SPACE,
    ...change,
  },
  contents: {
    text: 'First.\n\nSecond.',
    passages: [
      { start: 0, end: 6, trail: [] },
      { start: 8, end: 15, trail: ['A'], page: 2 },
    ],
  },
  vectors: Float32Array.of(1, 0, 0, 1),
})

describe('a document in records', () => {
  it('comes back as it was', () => {
    fc.assert(
      fc.property(anyDocument, given => {
        const { document, contents, vectors } = unpack(packDocument(given, REVISION, [], hash))
        const { firstKey: _, ...row } = given.document
        expect({ document, contents, vectors }).toEqual({ ...given, document: row })
        expect(fingerprintOf(document, hash)).toBe(fingerprintOf(given.document, hash))
      }),
      { seed: 6, numRuns: 200 },
    )
  })

  it('has no size that Chroma Cloud refuses', () => {
    fc.assert(
      fc.property(anyDocument, given => {
        const packed = packDocument(given, REVISION, [], hash)
        const manifest = manifestRecord(packed.manifest, packed.description, 2 ** 31 - 1)
        for (const { id, document, metadata } of [manifest, ...packed.parts, ...packed.passages]) {
          expect(Buffer.byteLength(id)).toBeLessThanOrEqual(128)
          expect(Buffer.byteLength(document)).toBeLessThanOrEqual(16_384)
          expect(Object.keys(metadata).length).toBeLessThanOrEqual(24)
          for (const [key, value] of Object.entries(metadata)) {
            expect(Buffer.byteLength(key)).toBeLessThanOrEqual(36)
            if (typeof value === 'string') expect(Buffer.byteLength(value)).toBeLessThanOrEqual(8182)
            if (typeof value === 'number') expect(value).toBeLessThan(2 ** 31)
          }
        }
      }),
      { seed: 7, numRuns: 50 },
    )
  })

  it('is known by a manifest that says so', () => {
    const { manifest, description } = packDocument(sample(), REVISION, [], hash)
    const record = manifestRecord(manifest, description, 7)
    expect(parseManifest(record)).toEqual(manifest)
    const [, later] = tick(START, 1_795_168_411_652, 'aaaaaaaa')
    const next = packDocument(sample(), later, [REVISION], hash).manifest
    expect(parseManifest(manifestRecord(next, description, 8))).toEqual({
      ...manifest,
      revision: later,
      follows: [REVISION],
    })
    expect(record.metadata).toMatchObject({ _t: 7, _n: 2, _m: 0, _x: false })
  })

  it('shows other programs what a passage is from', () => {
    const [first, second] = packDocument(sample(), REVISION, [], hash).passages
    expect(second).toMatchObject({
      id: passageIds({ id: ID, revision: REVISION, passages: 2 })[1],
      document: 'Second.',
      metadata: { _d: ID, _i: 1, title: 'A', path: 'a.md', type: 'text/plain', section: 'A', page: 2 },
    })
    expect(first?.metadata).not.toHaveProperty('page')
  })

  it.each<[string, (packed: PackedDocument) => unknown]>([
    [
      'other words',
      packed =>
        unpack(
          packed,
          packed.passages.map(one => ({ ...stored(one), document: 'Zecond.' })),
        ),
    ],
    [
      'a missing word',
      packed =>
        unpack(
          packed,
          packed.passages.map(one => ({ ...stored(one), document: 'x' })),
        ),
    ],
    ['another title', packed => unpack({ ...packed, description: packed.description.replace('"A"', '"B"') })],
    ['half a description', packed => unpack({ ...packed, description: packed.description.slice(0, 50) })],
    ['other passages', packed => unpack({ ...packed, manifest: { ...packed.manifest, passages: 3 } })],
    [
      'bounds that go back',
      packed => unpack({ ...packed, description: packed.description.replace('[0,6,', '[6,0,') }),
    ],
    [
      'bounds outside',
      packed => unpack({ ...packed, description: packed.description.replace('8,15]', '8,99]') }),
    ],
  ])('is refused with %s', (_, change) => {
    expect(() => change(packDocument(sample(), REVISION, [], hash))).toThrow(/expected|JSON/)
  })

  it.each<[string, Float32Array | undefined]>([
    ['no unit vector', Float32Array.of(2, 0)],
    ['a vector of another length', Float32Array.of(1)],
    ['no vector', undefined],
  ])('comes without vectors when a passage has %s', (_, vector) => {
    const packed = packDocument(sample(), REVISION, [], hash)
    const records = packed.passages.map(one => {
      const { vector: own, ...rest } = stored(one)
      const given = one.id.endsWith('/1') ? vector : own
      return given === undefined ? rest : { ...rest, vector: given }
    })
    expect(unpack(packed, records).vectors).toHaveLength(0)
    expect(unpack(packed, records).contents.text).toBe(sample().contents.text)
  })

  it('is not made without vectors', () => {
    const bare = { ...sample(), vectors: new Float32Array(0) }
    expect(() => packDocument(bare, REVISION, [], hash)).toThrow(
      'expected vectors of 2 passages, got 0 numbers',
    )
  })
})

function sampleManifest(): NewRecord {
  const { manifest, description } = packDocument(sample(), REVISION, [], hash)
  return manifestRecord(manifest, description, 7)
}

describe('a manifest', () => {
  it.each<[string, Record<string, string | number>, RegExp]>([
    ['a newer form', { _v: 2 }, /of a newer Belfry/],
    ['no revision', { _rev: 'x' }, /expected a revision/],
    ['too many passages', { _n: 1e9 }, /its passages/],
    ['no hash', { _h: 'x' }, /its hash/],
  ])('is refused with %s', (_, change, message) => {
    const { id, metadata } = sampleManifest()
    expect(() => parseManifest({ id, metadata: { ...metadata, ...change } })).toThrow(message)
  })

  it('is refused with an id that is none', () => {
    expect(() => parseManifest({ ...sampleManifest(), id: 'x' })).toThrow('expected a document id')
  })
})

describe('the fingerprint of a row', () => {
  it.each([{ title: 'B' }, { path: 'b/a.md' }, { passageCount: 3 }, { authors: ['A'] }, { addedAt: 1 }])(
    'changes with %j',
    change => {
      expect(fingerprintOf(sample(change).document, hash)).not.toBe(fingerprintOf(sample().document, hash))
    },
  )

  it('does not change with what is only of this device', () => {
    const source = { path: 'a.zip', bytes: 1, modifiedAt: 2 }
    const here = sample({ firstKey: 99, space: 'other' as SpaceId, source: { ...source, folder: 'here' } })
    const there = sample({ source })
    expect(fingerprintOf(here.document, hash)).toBe(fingerprintOf(there.document, hash))
  })
})
