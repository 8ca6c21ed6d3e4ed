/** Which vectors may be compared with which. */
import type { SpaceId } from '../document.ts'
import type { ModelManifest } from './manifest.ts'

/**
 * Fingerprint of the query side: changes with everything that shapes a query's vector, and with the space that it asks in.
 * @param hash Of a text, such as SHA-256 in hex.
 */
export function queryTowerOf(manifest: ModelManifest, hash: (text: string) => string): string {
  const { query } = manifest.towers
  const hashes = new Map(manifest.files.map(file => [file.path, file.sha256]))
  const files = [query.graph, ...query.externalData].map(path => hashes.get(path))
  return hash(JSON.stringify([spaceOf(manifest, hash), query.prefix, query.maxTokens, query.input, ...files]))
}

/**
 * Fingerprint of the space of a model's document vectors: changes with everything that shapes them, and with nothing else
 * (a new query tower asks in the same space).
 * @param hash Of a text, such as SHA-256 in hex.
 */
export function spaceOf(manifest: ModelManifest, hash: (text: string) => string): SpaceId {
  const { document } = manifest.towers
  const hashes = new Map(manifest.files.map(file => [file.path, file.sha256]))
  const parts = [
    manifest.name,
    manifest.dimension,
    document.prefix,
    document.maxTokens,
    document.input,
    ...[document.graph, ...document.externalData, manifest.tokenizer].map(path => hashes.get(path)),
  ]
  return hash(JSON.stringify(parts)) as SpaceId
}
