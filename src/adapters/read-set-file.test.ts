import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readSetFile } from './read-set-file.ts'

const TEXT = '{"_id":"d1","text":"Brötchen 🥖"}\n'.repeat(20_000)

function file(name: string, bytes: Uint8Array) {
  return { name, path: `set/${name}`, modifiedAt: 0, blob: new Blob([Uint8Array.from(bytes)]) }
}

const utf8 = new TextEncoder().encode(TEXT)

describe('readSetFile', () => {
  it('gives the text of a file, packed or not, whatever it is called', async () => {
    expect(await readSetFile(file('corpus.jsonl', utf8))).toBe(TEXT)
    expect(await readSetFile(file('corpus.jsonl.gz', gzipSync(utf8)))).toBe(TEXT)
    expect(await readSetFile(file('corpus.jsonl', gzipSync(utf8)))).toBe(TEXT)
  })

  it.each([
    ['no gzip', file('corpus.jsonl.gz', utf8), 'set/corpus.jsonl.gz: expected a gzip file'],
    ['half a gzip file', file('corpus.jsonl.gz', gzipSync(utf8).subarray(0, 200)), 'broken or cut off'],
    ['no UTF-8', file('queries.jsonl', Uint8Array.of(0x41, 0xff, 0x42)), 'set/queries.jsonl: expected text'],
    ['half a character', file('queries.jsonl', Uint8Array.of(0x41, 0xf0, 0x9f)), 'expected text in UTF-8'],
  ])('says when it is %s', async (_, broken, message) => {
    const reading = readSetFile(broken)
    await expect(reading).rejects.toThrow(message)
    await expect(reading).rejects.toMatchObject({ name: 'UnreadableFile' })
  })

  it('stops unpacking what would fill the memory', async () => {
    const bomb = gzipSync(new Uint8Array(5_000_000).fill(0x20))
    const reading = readSetFile(file('corpus.jsonl.gz', bomb), 1024 * 1024)
    await expect(reading).rejects.toThrow('set/corpus.jsonl.gz: expected at most 1 MiB of text, got more')
  })
})
