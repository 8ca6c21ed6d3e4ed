import { describe, expect, it } from 'vitest'
import { createPace } from './pace.ts'

function openPace() {
  let now = 0
  const rests: number[] = []
  const rest = async (milliseconds: number) => void rests.push(milliseconds)
  const pace = createPace({ now: () => now, breathe: () => Promise.resolve(), rest })
  const work = async (milliseconds: number) => {
    await pace.turn()
    now += milliseconds
  }
  return { pace, rests, work }
}

describe('the pace of adding', () => {
  it('does not rest while somebody looks', async () => {
    const { rests, work } = openPace()
    await work(300)
    await work(300)
    expect(rests).toEqual([])
  })

  it('rests in the background for as long as a document took, and never for long', async () => {
    const { pace, rests, work } = openPace()
    pace.inBackground(true)
    for (const milliseconds of [300, 60_000, 5]) await work(milliseconds)
    pace.inBackground(false)
    await work(5)
    expect(rests).toEqual([300, 1000])
  })

  it('lets nobody begin while it is paused, and everybody when it goes on', async () => {
    const { pace } = openPace()
    let begun = 0
    pace.pause()
    pace.pause()
    const waiting = [pace.turn(), pace.turn()].map(turn => turn.then(() => begun++))
    await new Promise(resolve => setTimeout(resolve))
    expect([begun, pace.isPaused()]).toEqual([0, true])
    pace.goOn()
    await Promise.all(waiting)
    expect([begun, pace.isPaused()]).toEqual([2, false])
  })
})
