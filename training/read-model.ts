/** Opens an exported model from a folder, with the runtime's WASM in Node. */
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as ort from 'onnxruntime-web'
import { createOnnxEncoder } from '../src/adapters/onnx-encoder.ts'
import type { OnnxEncoder } from '../src/adapters/onnx-encoder.ts'
import { parseManifest } from '../src/core/model/manifest.ts'
import type { ModelManifest } from '../src/core/model/manifest.ts'

/** @throws Error when the folder holds no model. */
export async function readModel(
  folder: string,
): Promise<{ manifest: ModelManifest; files: Map<string, Uint8Array> }> {
  const path = join(folder, 'manifest.json')
  if (!existsSync(path)) throw new Error(`expected a model's manifest.json in ${folder}, found none`)
  const manifest = parseManifest(JSON.parse(await readFile(path, 'utf8')))
  const files = new Map<string, Uint8Array>()
  for (const { path } of manifest.files) files.set(path, new Uint8Array(await readFile(join(folder, path))))
  return { manifest, files }
}

export async function openModel(folder: string, threads: number): Promise<OnnxEncoder> {
  return createOnnxEncoder({ ort, ...(await readModel(folder)), backend: 'wasm', threads })
}
