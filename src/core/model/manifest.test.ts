import { describe, expect, it } from 'vitest'
import { codeOf } from '../errors.ts'
import { parseManifest } from './manifest.ts'
import { queryTowerOf, spaceOf } from './space.ts'

const HASH = 'ab'.repeat(32)

const files = ['query.onnx', 'document.onnx', 'table.bin', 'tokenizer.json'].map(path => ({
  path,
  bytes: 100,
  sha256: HASH,
}))

function tower(graph: string) {
  return { graph, externalData: ['table.bin'], prefix: '', maxTokens: 256, input: 'counts' }
}

/** Files of which one has other bytes. */
function changed(path: string) {
  return files.map(file => (file.path === path ? { ...file, sha256: 'cd'.repeat(32) } : file))
}

const good = {
  format: 'belfry.two-tower',
  formatVersion: 1,
  name: 'Example',
  version: '1',
  licence: 'CC-BY-SA-4.0',
  sources: [{ name: 'WordNet', licence: 'CC BY 4.0' }],
  dimension: 256,
  towers: { query: tower('query.onnx'), document: tower('document.onnx') },
  tokenizer: 'tokenizer.json',
  files,
  fusion: { weight: 0.4 },
  strength: { strong: 0.6, fair: 0.3 },
}

function thrownBy(change: Readonly<Record<string, unknown>>): unknown {
  try {
    parseManifest({ ...good, ...change })
  } catch (error) {
    return error
  }
  return undefined
}

describe('parseManifest', () => {
  it('reads a good manifest and drops what it does not know', () => {
    const { format, formatVersion, ...rest } = good
    expect(format + formatVersion).toBe('belfry.two-tower1')
    expect(parseManifest({ ...good, script: 'alert(1)' })).toEqual(rest)
  })

  it.each([
    ['another format', { format: 'onnx' }],
    ['a later version', { formatVersion: 2 }],
    ['no name', { name: '' }],
    ['an endless name', { name: 'x'.repeat(201) }],
    ['a dimension of zero', { dimension: 0 }],
    ['a dimension that is no whole number', { dimension: 2.5 }],
    ['a huge dimension', { dimension: 1e9 }],
    ['a missing tower', { towers: { query: tower('query.onnx') } }],
    ['a graph that is no file', { towers: { ...good.towers, query: tower('other.onnx') } }],
    ['a huge text limit', { towers: { ...good.towers, query: { ...tower('query.onnx'), maxTokens: 1e9 } } }],
    ['an unknown input', { towers: { ...good.towers, query: { ...tower('query.onnx'), input: 'pixels' } } }],
    ['a path upwards', { tokenizer: '../tokenizer.json' }],
    ['a path upwards in the middle', { tokenizer: 'a/../tokenizer.json' }],
    ['an absolute path', { tokenizer: '/tokenizer.json' }],
    ['an address', { tokenizer: 'https://example.org/tokenizer.json' }],
    ['a path with a backslash', { tokenizer: 'a\\tokenizer.json' }],
    ['a path that is encoded', { tokenizer: '%2e%2e/tokenizer.json' }],
    ['a file named twice', { files: [...files, files[0]] }],
    ['too many files', { files: Array.from({ length: 33 }, (_, i) => ({ ...files[0], path: `f${i}` })) }],
    ['an empty file', { files: files.map(file => ({ ...file, bytes: 0 })) }],
    ['a file of a negative size', { files: files.map(file => ({ ...file, bytes: -1 })) }],
    ['files too large together', { files: files.map(file => ({ ...file, bytes: 2 ** 29 })) }],
    ['a hash in capitals', { files: files.map(file => ({ ...file, sha256: HASH.toUpperCase() })) }],
    ['a weight above one', { fusion: { weight: 1.1 } }],
    ['a weight that is no number', { fusion: { weight: Number.NaN } }],
    ['a fair match above a strong one', { strength: { strong: 0.3, fair: 0.6 } }],
    ['a list in place of an object', { strength: [] }],
  ])('refuses %s', (_, change) => {
    expect(codeOf(thrownBy(change))).toBe('ModelUnsupported')
  })

  it.each([undefined, null, 'text', 7, [], {}])('refuses %j as a whole', value => {
    expect(() => parseManifest(value)).toThrow('cannot be used')
  })
})

describe('spaceOf', () => {
  const manifest = parseManifest(good)
  const space = (change: Partial<typeof manifest>) => spaceOf({ ...manifest, ...change }, text => text)

  it.each(['document.onnx', 'table.bin', 'tokenizer.json'])('changes with %s', path => {
    expect(space({ files: changed(path) })).not.toBe(space({}))
  })

  it('changes with the prefix of documents', () => {
    const document = { ...manifest.towers.document, prefix: 'passage: ' }
    expect(space({ towers: { ...manifest.towers, document } })).not.toBe(space({}))
  })

  it('stays when only the query tower is new', () => {
    expect(space({ files: changed('query.onnx') })).toBe(space({}))
  })
})

describe('queryTowerOf', () => {
  const manifest = parseManifest(good)
  const tower = (change: Partial<typeof manifest>) => queryTowerOf({ ...manifest, ...change }, text => text)

  it.each(['query.onnx', 'document.onnx', 'table.bin', 'tokenizer.json'])('changes with %s', path => {
    expect(tower({ files: changed(path) })).not.toBe(tower({}))
  })

  it('changes with the prefix of queries', () => {
    const query = { ...manifest.towers.query, prefix: 'query: ' }
    expect(tower({ towers: { ...manifest.towers, query } })).not.toBe(tower({}))
  })

  it('stays when nothing that shapes a query is new', () => {
    expect(tower({ fusion: { weight: 0.1 } })).toBe(tower({}))
  })
})
