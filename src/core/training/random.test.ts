import { expect, it } from 'vitest'
import { createRandom } from './random.ts'

it('goes on in a copy as in itself, each for itself', () => {
  const random = createRandom(5)
  random.next()
  const copy = random.copy()
  const own = Array.from({ length: 5 }, random.next)
  expect(Array.from({ length: 5 }, copy.next)).toEqual(own)
  expect(random.next()).toBe(copy.next())
})
