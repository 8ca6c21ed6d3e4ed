import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LibraryBlob } from '../core/ports/files.ts'
import type { Job } from './ingest.ts'
import { createWaitingLine } from './waiting-line.ts'

const blobOf = (size: number): LibraryBlob => ({
  size,
  type: '',
  arrayBuffer: async () => new ArrayBuffer(0),
  slice: () => blobOf(0),
})

const job = (ticket: number, size = 1): Job => ({
  ticket,
  file: { name: 'n', path: 'n', modifiedAt: 0, blob: blobOf(size) },
})

function emptied(line: ReturnType<typeof createWaitingLine>): number[] {
  const tickets: number[] = []
  for (let next = line.shift(); next !== undefined; next = line.shift()) tickets.push(next.ticket)
  return tickets
}

describe('the waiting line', () => {
  it('serves what was added last before the rest of what was added earlier', () => {
    const line = createWaitingLine()
    line.push([job(1), job(2), job(3)])
    expect(line.shift()?.ticket).toBe(1)
    line.push([job(4), job(5)])
    line.append([job(6)])
    expect(emptied(line)).toEqual([4, 5, 2, 3, 6])
  })

  it('serves small files of a folder first, and keeps the order of those that are about as large', () => {
    const line = createWaitingLine()
    const pushed = line.push([job(1, 5e6), job(2, 900), job(3, 9e7), job(4, 60_000), job(5, 6e6), job(6, 20)])
    expect(pushed.map(({ ticket }) => ticket)).toEqual([2, 4, 6, 1, 5, 3])
    expect(emptied(line)).toEqual([2, 4, 6, 1, 5, 3])
  })

  it('serves every file once, in whatever order they come and go', () => {
    const steps = fc.array(fc.tuple(fc.constantFrom('push', 'append', 'shift', 'splice'), fc.nat(4)), {
      maxLength: 40,
    })
    fc.assert(
      fc.property(steps, list => {
        const line = createWaitingLine()
        let count = 0
        const served: number[] = []
        for (const [step, n] of list) {
          const isAdding = step === 'push' || step === 'append'
          const jobs = Array.from({ length: isAdding ? n : 0 }, () => job(++count, count * 1000))
          if (step === 'push') line.push(jobs)
          else if (step === 'append') line.append(jobs)
          else if (step === 'shift') served.push(...[line.shift()?.ticket ?? []].flat())
          else served.push(...line.splice(0).map(({ ticket }) => ticket))
          expect(line.size()).toBe(count - served.length)
        }
        served.push(...emptied(line))
        expect(served.toSorted((a, b) => a - b)).toEqual(Array.from({ length: count }, (_, i) => i + 1))
      }),
      { seed: 5 },
    )
  })
})
