import * as fc from 'fast-check'
import { expect, it } from 'vitest'
import { plainKernels } from './plain-kernels.ts'
import { quickProducts } from './quick-products.ts'
import { createRandom } from './random.ts'

const size = fc.integer({ min: 1, max: 9 })

it('multiplies as the plain kernels do, in every shape and direction', () => {
  fc.assert(
    fc.property(size, size, size, fc.boolean(), fc.integer(), (m, n, k, turned, seed) => {
      const random = createRandom(seed)
      const values = (count: number) =>
        Float32Array.from({ length: count }, () => (random.next() < 0.3 ? 0 : random.normal()))
      const [a, b] = [values(m * k), values(n * k)]
      const strides = turned ? { row: 1, column: m } : { row: k, column: 1 }
      const [c, expected] = [values(m * n), values(m * n)]
      quickProducts.multiply(a, strides, b, c, { m, n, k })
      plainKernels.multiply(a, strides, b, expected, { m, n, k })
      c.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4))
      quickProducts.multiplyTransposed(a, b, c, { m, n, k })
      plainKernels.multiplyTransposed(a, b, expected, { m, n, k })
      c.forEach((value, i) => expect(value).toBeCloseTo(expected[i] ?? Number.NaN, 4))
    }),
    { seed: 11 },
  )
})
