import { describe, expect, it } from 'vitest'
import { relaxed, simd } from '../src/kernels/build/search.ts'
import { buildKernels } from './build-kernels.mjs'

describe('buildKernels', () => {
  it('leaves kernels alone that are made from the same sources', async () => {
    await buildKernels()
    expect(await buildKernels()).toBe(false)
  })

  it('makes two variants, of which every engine with SIMD takes the first', () => {
    expect(WebAssembly.validate(Buffer.from(simd, 'base64'))).toBe(true)
    expect(relaxed).not.toBe(simd)
  })
})
