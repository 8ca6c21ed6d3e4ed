import { describe, expect, it } from 'vitest'
import { chooseSetFiles } from './set-files.ts'

describe('chooseSetFiles', () => {
  it('finds the set in a folder, packed or not, with its name', () => {
    const paths = ['a/med/README', 'a/med/corpus.jsonl.gz', 'a/med/qrels/test.tsv', 'a/med/queries.jsonl']
    expect(chooseSetFiles(paths)).toEqual({
      name: 'med',
      paths: { corpus: paths[1], qrels: paths[2], queries: paths[3] },
    })
  })

  it('takes single files, and the unpacked corpus before the packed one', () => {
    const paths = ['test.tsv', 'queries.jsonl.gz', 'corpus.jsonl.gz', 'corpus.jsonl']
    expect(chooseSetFiles(paths)).toEqual({
      name: 'your set',
      paths: { corpus: 'corpus.jsonl', queries: 'queries.jsonl.gz', qrels: 'test.tsv' },
    })
  })

  it.each([
    [[], 'expected corpus.jsonl or corpus.jsonl.gz, got no files'],
    [['a.md', 'b.md'], 'expected corpus.jsonl or corpus.jsonl.gz, got a.md, b.md'],
    [
      ['x/corpus.jsonl', 'x/queries.jsonl', 'qrels.tsv'],
      'expected qrels.tsv, qrels/test.tsv or test.tsv beside x/corpus.jsonl, got x/corpus.jsonl, x/queries.jsonl',
    ],
    [['b/corpus.jsonl', 'a/corpus.jsonl.gz'], 'expected one set at a time, got a/ and b/'],
  ])('says what is wrong with %j', (paths, message) => {
    expect(() => chooseSetFiles(paths)).toThrow(message)
  })
})
