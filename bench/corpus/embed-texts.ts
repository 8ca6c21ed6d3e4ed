/** The model in the box, in Node: the same graphs, tokenizer and runtime as in the page. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as ort from 'onnxruntime-web'
import { createOnnxEncoder, type OnnxEncoder } from '../../src/adapters/onnx-encoder.ts'
import { parseManifest } from '../../src/core/model/manifest.ts'

export const MODEL = 'public/models/belfry-two-tower'

export async function openModel(): Promise<OnnxEncoder> {
  const manifest = parseManifest(JSON.parse(readFileSync(join(MODEL, 'manifest.json'), 'utf8')))
  const files = new Map(
    manifest.files.map(({ path }) => [path, new Uint8Array(readFileSync(join(MODEL, path)))]),
  )
  return createOnnxEncoder({ ort, manifest, files, backend: 'wasm', threads: 2 })
}
