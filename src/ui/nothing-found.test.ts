import { describe, expect, it } from 'vitest'
import { nothingFound } from './nothing-found.ts'

describe('nothingFound', () => {
  it('names the condition that leaves nothing', () => {
    expect(nothingFound({ unmatched: { what: 'document', condition: 'type:pdf' } })).toBe(
      'Nothing found: no document matches type:pdf.',
    )
    expect(nothingFound({ unmatched: { what: 'passage', condition: '"bell tower" -moss' } })).toBe(
      'Nothing found: no passage matches "bell tower" -moss.',
    )
  })

  it('says no more where there is no condition', () => {
    expect(nothingFound({})).toBe('Nothing found.')
  })
})
