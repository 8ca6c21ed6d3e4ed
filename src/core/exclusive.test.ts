import { expect, it } from 'vitest'
import { createExclusive } from './exclusive.ts'

it('runs one piece of work at a time, in order', async () => {
  const exclusive = createExclusive()
  const log: string[] = []
  const work = (name: string) => async () => {
    log.push(`${name} begins`)
    await Promise.resolve()
    log.push(`${name} ends`)
    return name
  }
  expect(await Promise.all([exclusive(work('a')), exclusive(work('b'))])).toEqual(['a', 'b'])
  expect(log).toEqual(['a begins', 'a ends', 'b begins', 'b ends'])
})

it('hands a failure to its caller and goes on', async () => {
  const exclusive = createExclusive()
  const failed = exclusive(() => Promise.reject(new Error('no')))
  const after = exclusive(async () => 'yes')
  await expect(failed).rejects.toThrow('no')
  expect(await after).toBe('yes')
})
