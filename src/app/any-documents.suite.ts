/** Documents of every kind, for properties. */
import fc from 'fast-check'
import { parseDocumentId, type SpaceId } from '../core/document.ts'
import { HASH_SPACE, unitRows, type Written } from './transfer.suite.ts'

const anyText = fc.string({ unit: 'binary', maxLength: 60 })
const anyTrail = fc.array(fc.string({ maxLength: 8 }), { maxLength: 3 })
const anyCut = fc.record({ from: fc.nat(), to: fc.nat(), trail: anyTrail, page: fc.nat(3) })
const anyOrigin = fc.record(
  {
    authors: fc.array(fc.string({ maxLength: 8 }), { maxLength: 2 }),
    writtenAt: fc.nat(),
    source: fc.record({ path: fc.string({ maxLength: 8 }), bytes: fc.nat(), modifiedAt: fc.nat() }),
  },
  { requiredKeys: [] },
)

const anyDocument = fc
  .record({
    id: fc.stringMatching(/^[0-9a-f]{64}$/),
    title: anyText,
    name: anyText,
    bytes: fc.nat(),
    at: fc.nat(),
    text: fc.oneof(anyText, fc.string({ unit: 'binary', minLength: 2000, maxLength: 3000 })),
    cuts: fc.array(anyCut, { maxLength: 5 }),
    own: fc.boolean(),
    origin: anyOrigin,
  })
  .map(({ id, title, name, bytes, at, text, cuts, own, origin }): Written => {
    const passages = cuts.map(({ from, to, trail, page }) => {
      const [start = 0, end = 0] = [from, to]
        .map(place => place % (text.length + 1))
        .toSorted((a, b) => a - b)
      return { start, end, trail, ...(page === 0 ? {} : { page }) }
    })
    const space = own ? HASH_SPACE : ('of another model' as SpaceId)
    const row = {
      ...origin,
      title,
      name,
      path: `notes/${name}`,
      mediaType: 'text/plain',
      bytes,
      modifiedAt: at,
      addedAt: at,
    }
    const document = { ...row, id: parseDocumentId(id), passageCount: passages.length, space }
    return { document, text, passages, vectors: unitRows(passages.length, at) }
  })

export const anyDocuments = fc.uniqueArray(anyDocument, {
  maxLength: 6,
  selector: ({ document }) => document.id,
})
