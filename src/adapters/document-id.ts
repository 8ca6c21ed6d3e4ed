import { type DocumentId, parseDocumentId } from '../core/document.ts'
import { createSha256 } from './noble-sha256.ts'

/** The id of a document that was read from these bytes. */
export function documentIdOf(bytes: Uint8Array): DocumentId {
  const hash = createSha256()
  hash.update(bytes)
  return parseDocumentId(hash.digest())
}
