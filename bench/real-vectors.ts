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

/** `count` paragraphs, one a line, as many from each of the `.txt.gz` files of `folder` as it has. */
export async function embedText(folder: string, count: number): Promise<RealVectors> {
  const files = readdirSync(folder).filter(name => name.endsWith('.txt.gz'))
  if (files.length === 0) throw new Error(`expected text files (.txt.gz) in ${folder}, found none`)
  const lines = spread(
    files.map(name => paragraphsOf(join(folder, name))),
    count + 2 * QUERIES,
  )
  // Spread over all files; the paragraph of a query is not among the rows.
  const every = Math.floor(lines.length / QUERIES)
  const asked = lines.filter((_, i) => i % every === 0).slice(0, QUERIES)
  const kept = lines.filter((_, i) => i % every !== 0).slice(0, count)
  const encoder = await openModel()
  const sentences = asked.map(line => (line.split(/[.?!;]/)[0] ?? line).slice(0, 100))
  return { rows: await embed(encoder, kept, 'document'), queries: await embed(encoder, sentences, 'query') }
}

function paragraphsOf(path: string): string[] {
  const lines = gunzipSync(readFileSync(path)).toString().split('\n')
  return lines.filter(line => line.length > LEAST).map(line => line.slice(0, MOST))
}

/** `most` lines in all, evenly from each file; files that have fewer than their share leave the rest to the others. */
function spread(files: readonly string[][], most: number): string[] {
  let left = most
  return files
    .toSorted((a, b) => a.length - b.length)
    .flatMap((lines, i) => {
      const share = Math.min(lines.length, Math.ceil(left / (files.length - i)))
      left -= share
      return Array.from({ length: share }, (_, n) => lines[Math.floor((n * lines.length) / share)] ?? '')
    })
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
