import { mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readArrays, writeArrays } from './arrays-file.ts'

let folder: string
let path: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'arrays-'))
  path = join(folder, 'a.bin')
})
afterAll(() => rm(folder, { recursive: true }))

const arrays = new Map<string, Float32Array | Int32Array>([
  ['a', Float32Array.of(0.1, Number.NaN, -0)],
  ['empty', new Float32Array(0)],
  ['b', Int32Array.of(-7, 2 ** 31 - 1)],
])

describe('a file of arrays', () => {
  it('gives back what was written, views of larger buffers included', async () => {
    const view = Float32Array.of(1, 2, 3, 4).subarray(1, 3)
    await writeArrays(path, { header: { step: 3 }, arrays: new Map([...arrays, ['view', view]]) })
    const read = await readArrays(path)
    expect(read.header).toEqual({ step: 3 })
    expect([...read.arrays.keys()]).toEqual(['a', 'empty', 'b', 'view'])
    expect(read.arrays.get('a')).toEqual(arrays.get('a'))
    expect(read.arrays.get('b')).toEqual(arrays.get('b'))
    expect(read.arrays.get('view')).toEqual(Float32Array.of(2, 3))
  })

  it('stays whole when writing another stops half-way', async () => {
    await writeArrays(path, { header: 'old', arrays })
    const broken = {
      *values() {
        yield Float32Array.of(1)
        throw new Error('stopped')
      },
      *[Symbol.iterator]() {
        yield ['x', Float32Array.of(1)]
      },
    } as unknown as ReadonlyMap<string, Float32Array>
    await expect(writeArrays(path, { header: 'new', arrays: broken })).rejects.toThrow('stopped')
    expect((await readArrays(path)).header).toBe('old')
    expect(await readdir(folder)).toContain('a.bin.draft')
  })

  it('says what is wrong with a file that is none, or cut short', async () => {
    await writeArrays(path, { header: 1, arrays })
    await truncate(path, (await readFile(path)).length - 1)
    await expect(readArrays(path)).rejects.toThrow('1 more bytes')
    await writeFile(path, 'something else altogether')
    await expect(readArrays(path)).rejects.toThrow('expected a checkpoint')
  })
})
