import { describe, expect, it } from 'vitest'
import { pathWords } from './path-words.ts'

describe('the words for how a search was made', () => {
  it('say that a scan misses nothing', () => {
    const words = pathWords({ kind: 'scan', compared: 1204, among: 1204, recall: 1, measuredOn: 0 }, 'en')
    expect(words).toBe('Meaning was compared with 1,204 passages, all there are: nothing was missed.')
  })

  it('say what a graph looked at, and what that is worth', () => {
    const path = { kind: 'graph', compared: 3000, among: 500_000, recall: 0.985, measuredOn: 24 } as const
    expect(pathWords(path, 'en')).toBe(
      'Links were followed: 3,000 of 500,000 passages were compared. In 24 searches looked at again, that found 98.5% of the nearest.',
    )
  })

  it('say what is not known yet, or not counted', () => {
    const path = { kind: 'graph', compared: undefined, among: 1, recall: undefined, measuredOn: 0 } as const
    expect(pathWords(path, 'en')).toBe(
      'Links were followed among 1 passage. How many of the nearest that finds is being measured.',
    )
  })
})
