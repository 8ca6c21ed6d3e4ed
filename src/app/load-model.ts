import { failure, messageOf } from '../core/errors.ts'
import type { Emit } from '../core/events.ts'
import { type ManifestFile, type ModelManifest, parseManifest } from '../core/model/manifest.ts'
import type { EncoderModel } from '../core/ports/encoder.ts'
import type { ModelSource, ModelStore } from '../core/ports/model-files.ts'
import type { Sha256 } from '../core/ports/platform.ts'

export interface LoadModelPorts {
  readonly source: ModelSource
  readonly store: ModelStore
  readonly sha256: () => Sha256
}

/**
 * The model's files from this device, and from their source where the device lacks them or holds broken ones.
 * Every byte is checked against the manifest's hash before it is used.
 * @throws ModelUnavailable when a needed file cannot be reached, ModelCorrupt when the source sends something else twice.
 */
export async function loadModel(ports: LoadModelPorts, emit: Emit): Promise<EncoderModel> {
  const manifest = parseManifest(await findManifest(ports))
  const files = new Map<string, Uint8Array>()
  const missing: ManifestFile[] = []
  for (const file of manifest.files) {
    const bytes = await fromStore(file, ports, emit)
    if (bytes === undefined) missing.push(file)
    else files.set(file.path, bytes)
  }
  const total = missing.reduce((sum, file) => sum + file.bytes, 0)
  let before = 0
  for (const file of missing) {
    const progress = (loaded: number) => emit({ type: 'model-progressed', loaded: before + loaded, total })
    files.set(file.path, await download(file, ports, progress))
    before += file.bytes
  }
  await tidy(manifest, ports)
  return { manifest, files }
}

async function findManifest({ source, store }: LoadModelPorts): Promise<unknown> {
  try {
    const manifest = await source.manifest()
    await store.keepManifest(manifest).catch(() => undefined)
    return manifest
  } catch (error) {
    const kept = await store.manifest().catch(() => undefined)
    if (kept === undefined) throw error
    return kept
  }
}

async function fromStore(file: ManifestFile, { store, sha256 }: LoadModelPorts, emit: Emit) {
  const bytes = await store.get(file.sha256).catch(() => undefined)
  if (bytes === undefined) return undefined
  if (hashOf(bytes, sha256) === file.sha256) return bytes
  emit({ type: 'model-repaired', file: file.path })
  await store.delete(file.sha256)
  return undefined
}

async function download(
  file: ManifestFile,
  ports: LoadModelPorts,
  progress: (loaded: number) => void,
): Promise<Uint8Array> {
  const bytes = (await receive(file, ports, progress)) ?? (await receive(file, ports, progress))
  if (bytes === undefined) {
    throw failure(
      'ModelCorrupt',
      `The model's file ${file.path} arrived damaged twice: its content does not have the expected hash.`,
    )
  }
  // A full disk must not keep anybody from searching now; the next start downloads again.
  await ports.store.put(file.sha256, bytes).catch(() => undefined)
  return bytes
}

/** `undefined` when what arrived is not the file that the manifest describes. */
async function receive(
  file: ManifestFile,
  { source, sha256 }: LoadModelPorts,
  progress: (loaded: number) => void,
): Promise<Uint8Array | undefined> {
  const bytes = new Uint8Array(file.bytes)
  const hash = sha256()
  let loaded = 0
  try {
    for await (const chunk of source.read(file.path)) {
      if (loaded + chunk.length > file.bytes) return undefined
      bytes.set(chunk, loaded)
      hash.update(chunk)
      loaded += chunk.length
      progress(loaded)
    }
  } catch (error) {
    throw failure(
      'ModelUnavailable',
      `The model's file ${file.path} could not be downloaded: ${messageOf(error)}`,
      error,
    )
  }
  return loaded === file.bytes && hash.digest() === file.sha256 ? bytes : undefined
}

function hashOf(bytes: Uint8Array, sha256: () => Sha256): string {
  const hash = sha256()
  hash.update(bytes)
  return hash.digest()
}

/** Frees the files of earlier models; failing to is no reason not to start. */
async function tidy(manifest: ModelManifest, { store }: LoadModelPorts): Promise<void> {
  await store.keepOnly(manifest.files.map(file => file.sha256)).catch(() => undefined)
}
