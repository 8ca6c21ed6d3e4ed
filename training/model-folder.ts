/** A model as the app loads it: its files and the manifest that names them. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createSha256 } from '../src/adapters/noble-sha256.ts'
import { MANIFEST_FORMAT, MANIFEST_VERSION, parseManifest } from '../src/core/model/manifest.ts'
import type { ModelManifest } from '../src/core/model/manifest.ts'

export type ModelDescription = Omit<ModelManifest, 'files'>

/** @throws ModelUnsupported, before anything is written, when the app would refuse the model. */
export async function writeModelFolder(
  folder: string,
  description: ModelDescription,
  files: ReadonlyMap<string, Uint8Array>,
): Promise<void> {
  const manifest = {
    format: MANIFEST_FORMAT,
    formatVersion: MANIFEST_VERSION,
    ...description,
    files: [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: hashOf(bytes) })),
  }
  parseManifest(manifest)
  await mkdir(folder, { recursive: true })
  for (const [path, bytes] of files) await writeFile(join(folder, path), bytes)
  await writeFile(join(folder, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
}

function hashOf(bytes: Uint8Array): string {
  const hash = createSha256()
  hash.update(bytes)
  return hash.digest()
}
