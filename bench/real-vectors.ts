/** Vectors of real text through the model in the box: paragraphs of text files, and queries made of their sentences. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import * as ort from 'onnxruntime-web'
import { createOnnxEncoder } from '../src/adapters/onnx-encoder.ts'
import { parseManifest } from '../src/core/model/manifest.ts'
import type { Encoder, Tower } from '../src/core/ports.ts'

export interface RealVectors {
  readonly rows: Float32Array
  readonly queries: Float32Array
}

const MODEL = 'public/models/belfry-two-tower'
const QUERIES = 300
const BATCH = 256
/** UTF-16 units: shorter lines are headings, and longer ones are cut. */
const LEAST = 60
const MOST = 800

/** `count` paragraphs, as many from each of the `.txt.gz` files of `folder`, one a line. */
export async function embedText(folder: string, count: number): Promise<RealVectors> {
  const files = readdirSync(folder).filter(name => name.endsWith('.txt.gz'))
  if (files.length === 0) throw new Error(`expected text files (.txt.gz) in ${folder}, found none`)
  const each = Math.ceil((count + QUERIES) / files.length)
  const lines = files.flatMap(name => paragraphsOf(join(folder, name), each))
  // Spread over all files; the paragraph of a query is not among the rows.
  const every = Math.floor(lines.length / QUERIES)
  const asked = lines.filter((_, i) => i % every === 0).slice(0, QUERIES)
  const kept = lines.filter((_, i) => i % every !== 0).slice(0, count)
  const encoder = await openModel()
  const sentences = asked.map(line => (line.split(/[.?!;]/)[0] ?? line).slice(0, 100))
  return { rows: await embed(encoder, kept, 'document'), queries: await embed(encoder, sentences, 'query') }
}

function paragraphsOf(path: string, most: number): string[] {
  const lines = gunzipSync(readFileSync(path))
    .toString()
    .split('\n')
    .filter(line => line.length > LEAST)
  const step = Math.max(1, Math.floor(lines.length / most))
  return lines
    .filter((_, i) => i % step === 0)
    .slice(0, most)
    .map(line => line.slice(0, MOST))
}

async function openModel(): Promise<Encoder> {
  const manifest = parseManifest(JSON.parse(readFileSync(join(MODEL, 'manifest.json'), 'utf8')))
  const files = new Map(
    manifest.files.map(({ path }) => [path, new Uint8Array(readFileSync(join(MODEL, path)))]),
  )
  return createOnnxEncoder({ ort, manifest, files, backend: 'wasm', threads: 2 })
}

async function embed(encoder: Encoder, texts: readonly string[], tower: Tower): Promise<Float32Array> {
  const { dimension } = await encoder.info()
  const rows = new Float32Array(texts.length * dimension)
  for (let start = 0; start < texts.length; start += BATCH) {
    rows.set(await encoder.encode(texts.slice(start, start + BATCH), tower), start * dimension)
  }
  return rows
}
