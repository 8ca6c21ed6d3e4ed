/** Opens an exported model from a folder, with the runtime's WASM in Node. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as ort from 'onnxruntime-web'
import { createOnnxEncoder } from '../src/adapters/onnx-encoder.ts'
import type { OnnxEncoder } from '../src/adapters/onnx-encoder.ts'
import { parseManifest } from '../src/core/model/manifest.ts'
import type { ModelManifest } from '../src/core/model/manifest.ts'

export async function readModel(
  folder: string,
): Promise<{ manifest: ModelManifest; files: Map<string, Uint8Array> }> {
  const manifest = parseManifest(JSON.parse(await readFile(join(folder, 'manifest.json'), 'utf8')))
  const files = new Map<string, Uint8Array>()
  for (const { path } of manifest.files) files.set(path, new Uint8Array(await readFile(join(folder, path))))
  return { manifest, files }
}

export async function openModel(folder: string, threads: number): Promise<OnnxEncoder> {
  return createOnnxEncoder({ ort, ...(await readModel(folder)), backend: 'wasm', threads })
}
