import { mulberry32 } from '../../tools/collection-text.mjs'

/** What is killed: the page, the worker that writes, or the browser with all its processes. */
export type Victim = 'tab' | 'worker' | 'browser'

export interface Kill {
  readonly victim: Victim
  /** While the library is opened, or while files are added. */
  readonly moment: 'opening' | 'adding'
  /** Share, from 0 up to 1, of the new files that are shown as searchable before the kill. */
  readonly share: number
  /** Milliseconds from then to the kill. */
  readonly delay: number
}

const VICTIMS: readonly Victim[] = ['tab', 'worker', 'browser']

/** Longest delays, in milliseconds: the library opens in about a second, a file takes some 20 ms. */
const LONGEST = { opening: 1200, adding: 60 }

/** Kills by seed; every victim gets its share, in a random order. */
export function planKills(count: number, seed: number): Kill[] {
  const random = mulberry32(seed)
  let bag: Victim[] = []
  return Array.from({ length: count }, () => {
    if (bag.length === 0) bag = [...VICTIMS]
    const [victim = 'tab'] = bag.splice(Math.floor(random() * bag.length), 1)
    const moment = random() < 0.15 ? 'opening' : 'adding'
    return { victim, moment, share: random(), delay: Math.floor(random() * LONGEST[moment]) }
  })
}
