import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readSets } from './read-sets.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sets-'))
})

afterEach(() => rm(folder, { recursive: true }))

async function write(name: string, change: Readonly<Record<string, string | Uint8Array | undefined>> = {}) {
  const files: Readonly<Record<string, string | Uint8Array | undefined>> = {
    'corpus.jsonl.gz': gzipSync('{"_id":"d","title":"Bells","text":"ring"}\n'),
    'queries.jsonl': '{"_id":"q","text":"sound"}\n',
    'qrels.tsv': 'query-id\tcorpus-id\tscore\nq\td\t1\n',
    ...change,
  }
  await mkdir(join(folder, name))
  for (const [file, content] of Object.entries(files)) {
    if (content !== undefined) await writeFile(join(folder, name, file), content)
  }
}

describe('readSets', () => {
  it('reads every set of a folder by name, and a set by itself', async () => {
    await write('b')
    await write('a', { 'corpus.jsonl.gz': undefined, 'corpus.jsonl': '{"_id":"d","text":"plain"}' })
    expect((await readSets(folder)).retrieval.map(set => [set.name, ...set.documents])).toEqual([
      ['a', 'plain'],
      ['b', 'Bells ring'],
    ])
    expect((await readSets(join(folder, 'b'))).retrieval).toHaveLength(1)
  })

  it('tells similarity sets by their pairs', async () => {
    await write('a')
    await mkdir(join(folder, 'pairs'))
    await writeFile(join(folder, 'pairs', 'pairs.tsv'), 'bell\tring\t5\nbell\tsoup\t0\n')
    const { retrieval, similarity } = await readSets(folder)
    expect([retrieval.length, similarity.length]).toEqual([1, 1])
    expect(similarity[0]).toMatchObject({ name: 'pairs', pairs: [{ score: 5 }, { score: 0 }] })
    expect(await readSets(join(folder, 'pairs'))).toEqual({ retrieval: [], similarity })
  })

  it.each([
    ['a missing corpus', { 'corpus.jsonl.gz': undefined }, 'corpus.jsonl or corpus.jsonl.gz'],
    ['missing judgements', { 'qrels.tsv': undefined }, 'qrels.tsv'],
    ['a broken archive', { 'corpus.jsonl.gz': 'no archive' }, 'cannot be unpacked'],
    ['broken JSON', { 'queries.jsonl': '{"_id":' }, 'broken/queries.jsonl, line 1'],
  ])('names %s', async (_, change, message) => {
    await write('broken', change)
    await expect(readSets(folder)).rejects.toThrow(message)
  })

  it('says when there is nothing', async () => {
    await expect(readSets(folder)).rejects.toThrow('found none')
    await expect(readSets(join(folder, 'nowhere'))).rejects.toThrow('does not exist')
  })
})
