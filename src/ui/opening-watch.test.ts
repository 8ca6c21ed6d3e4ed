import { describe, expect, it } from 'vitest'
import { parseDocumentId } from '../core/document.ts'
import type { Opening } from '../core/interaction.ts'
import { createOpeningWatch } from './opening-watch.ts'

const passage = { document: parseDocumentId('a'.repeat(64)), passage: 0 }
const opening = (query: string) => ({ query, shown: [passage], opened: passage })

function watching() {
  const reported: Opening[] = []
  const clock = { now: 0 }
  const watch = createOpeningWatch(
    () => clock.now,
    one => reported.push(one),
  )
  return { watch, clock, seen: () => reported.map(({ query, milliseconds }) => [query, milliseconds]) }
}

describe('opening watch', () => {
  it('reports how long something was open, once', () => {
    const { watch, clock, seen } = watching()
    watch.begin(opening('bread'))
    clock.now = 1200.4
    watch.end()
    watch.end()
    expect(seen()).toEqual([['bread', 1200]])
  })

  it('ends one thing when the next is opened', () => {
    const { watch, clock, seen } = watching()
    watch.begin(opening('bread'))
    clock.now = 100
    watch.begin(opening('tea'))
    clock.now = 300
    watch.begin(undefined)
    watch.end()
    expect(seen()).toEqual([
      ['bread', 100],
      ['tea', 200],
    ])
  })
})
