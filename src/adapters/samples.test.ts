import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { queryTermsOf, termsOf } from '../core/lexical/tokenise.ts'
import { createFileExtractor } from './file-extractor.ts'
import { readDocument } from './extractor.suite.ts'

interface SampleIndex {
  readonly files: readonly { readonly name: string; readonly path: string; readonly bytes: number }[]
  readonly queries: readonly string[]
  /** For each query, the file that holds what it asks for. */
  readonly answers: readonly string[]
}

const publicFolder = new URL('../../public/samples/', import.meta.url)
const bytesOf = (path: string) => readFile(new URL(path, publicFolder))
const index = JSON.parse(String(await bytesOf('index.json'))) as SampleIndex

test('each sample is as long as the index says, and can be read', async () => {
  for (const { name, path, bytes } of index.files) {
    const contents = new Uint8Array(await bytesOf(path))
    expect(contents.length, name).toBe(bytes)
    const blob = new Blob([contents])
    const { text } = await readDocument(createFileExtractor(), { name, path: name, modifiedAt: 0, blob })
    expect(text.length, name).toBeGreaterThan(800)
  }
})

test('no example query shares a word with the sample that answers it', async () => {
  for (const [i, query] of index.queries.entries()) {
    const terms = new Set(termsOf(String(await bytesOf(index.answers[i] ?? ''))))
    expect(
      queryTermsOf(query).filter(term => terms.has(term)),
      query,
    ).toEqual([])
  }
})
