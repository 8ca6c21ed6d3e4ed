import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkDevice,
  follow,
  isFollowed,
  parseRevision,
  type Revision,
  START,
  tick,
  witness,
} from './revision.ts'

const time = fc.integer({ min: 1_500_000_000_000, max: 1_500_000_000_005 })
const NOW = 1_795_168_411_651

describe('a revision', () => {
  it('is later than all that its device has given and seen, whatever its clock says', () => {
    const step = fc.oneof(fc.record({ now: time }), fc.record({ seen: time, by: fc.constantFrom('a', 'b') }))
    fc.assert(
      fc.property(fc.array(step, { maxLength: 50 }), steps => {
        let clock = START
        let latest = '' as Revision
        for (const one of steps) {
          if ('seen' in one) {
            const [, foreign] = tick(START, one.seen, one.by.repeat(8))
            clock = witness(clock, foreign)
            latest = foreign > latest ? foreign : latest
            continue
          }
          const [next, revision] = tick(clock, one.now, 'mmmmmmmm')
          expect(revision > latest).toBe(true)
          clock = next
          latest = revision
        }
      }),
      { seed: 6 },
    )
  })

  it('goes on when a millisecond has no more room', () => {
    const full = { time: NOW, counter: 36 ** 4 - 1 }
    const [next, revision] = tick(full, NOW, 'aaaaaaaa')
    expect(next).toEqual({ time: NOW + 1, counter: 0 })
    expect(revision > tick({ time: NOW, counter: 36 ** 4 - 2 }, NOW, 'zzzzzzzz')[1]).toBe(true)
  })

  it('of one moment is decided by the device', () => {
    const [, a] = tick(START, NOW, 'aaaaaaaa')
    const [, b] = tick(START, NOW, 'bbbbbbbb')
    expect(b > a).toBe(true)
    expect(parseRevision(a)).toBe(a)
  })

  it.each([
    undefined,
    7,
    '',
    '1795168411651-0000-aaaa',
    '1795168411651-0000-AAAAAAAA',
    '9999999999999-0000-aaaaaaaa',
    '1795168411651-0000-aaaaaaaa ',
  ])('is not read from %j', value => {
    expect(() => parseRevision(value)).toThrow(/expected a revision, got/)
  })

  it('has the name of a device of eight letters or digits', () => {
    expect(checkDevice('abcd1234')).toBe('abcd1234')
    expect(() => checkDevice('my laptop')).toThrow('8 letters or digits, got "my laptop"')
  })
})

/** Of one device. */
function at(time: number): Revision {
  return tick(START, time, 'aaaaaaaa')[1]
}

describe('what a revision follows', () => {
  it('is named once, the latest first', () => {
    expect(follow(at(2), undefined, [at(3), at(1)], [at(2)])).toEqual([at(3), at(2), at(1)])
    expect(isFollowed(at(2), [at(3), at(2)])).toBe(true)
    expect(isFollowed(at(1), [at(3), at(2)])).toBe(false)
  })

  it('is not named for ever: what is older than the oldest counts as followed', () => {
    const many = follow(Array.from({ length: 30 }, (_, i) => at(2 * i)))
    expect(many).toHaveLength(20)
    expect(isFollowed(at(2), many)).toBe(true)
    expect(isFollowed(at(57), many)).toBe(false)
  })
})
