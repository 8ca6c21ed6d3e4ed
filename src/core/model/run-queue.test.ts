import { describe, expect, it } from 'vitest'
import { createRunQueue } from './run-queue.ts'

describe('the run queue', () => {
  it('never runs two pieces of work at once', async () => {
    const queue = createRunQueue()
    let running = 0
    let most = 0
    const work = async () => {
      most = Math.max(most, ++running)
      await Promise.resolve()
      running--
    }
    await Promise.all([queue.run('query', work), queue.run('document', work), queue.run('query', work)])
    expect(most).toBe(1)
  })

  it('serves a waiting query before waiting documents', async () => {
    const queue = createRunQueue()
    const order: string[] = []
    const note = (name: string) => async () => void order.push(name)
    await Promise.all([
      queue.run('document', note('first document')),
      queue.run('document', note('second document')),
      queue.run('query', note('query')),
    ])
    expect(order).toEqual(['first document', 'query', 'second document'])
  })

  it('goes on after a failure, which only its owner sees', async () => {
    const queue = createRunQueue()
    const failed = queue.run('document', () => Promise.reject(new Error('broken')))
    const fine = queue.run('document', async () => 7)
    await expect(failed).rejects.toThrow('broken')
    expect(await fine).toBe(7)
  })
})
