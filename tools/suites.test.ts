import { describe, expect, it } from 'vitest'
import { chooseSuites, countSuite, summary, SUITES } from './suites.mjs'

function suite(name: string) {
  const found = SUITES.find(one => one.name === name)
  if (!found) throw new Error(`There is no suite ${name}.`)
  return found
}

const count = (name: string, ok: boolean, report = '') => countSuite(suite(name), { ok, read: () => report })

describe('the counts of a suite', () => {
  it('are one check where the suite makes no report', () => {
    expect(count('types', true)).toEqual({ passed: 1, failed: 0, skipped: 0 })
    expect(count('types', false)).toEqual({ passed: 0, failed: 1, skipped: 0 })
  })

  it.each([
    ['unit', '{"numPassedTests":7,"numFailedTests":2,"numPendingTests":1,"numTodoTests":1}'],
    ['e2e', '{"stats":{"expected":7,"unexpected":1,"flaky":1,"skipped":2}}'],
    ['nginx', '# tests 11\n# pass 7\n# fail 1\n# cancelled 1\n# skipped 2\n# todo 0\n'],
  ])('are read from the report of %s', (name, report) => {
    expect(count(name, false, report)).toEqual({ passed: 7, failed: 2, skipped: 2 })
  })

  it('hold a failure when all tests passed and the suite ended badly all the same', () => {
    const report = '{"numPassedTests":7,"numFailedTests":0,"numPendingTests":0,"numTodoTests":0}'
    expect(count('unit', false, report)).toEqual({ passed: 7, failed: 1, skipped: 0 })
  })

  it('hold a failure when no test ran', () => {
    const report = '{"stats":{"expected":0,"unexpected":0,"flaky":0,"skipped":3}}'
    expect(count('e2e', true, report)).toEqual({ passed: 0, failed: 1, skipped: 3 })
  })

  it.each(['', '{}', 'half a rep'])('hold a failure when the report is "%s"', report => {
    expect(count('e2e', true, report).failed).toBe(1)
    expect(count('nginx', true, report).failed).toBe(1)
    expect(count('unit', true, report).failed).toBe(1)
  })
})

describe('the choice of suites', () => {
  it('keeps the order of the suites', () => {
    expect(chooseSuites(['e2e', 'unit']).map(one => one.name)).toEqual(['unit', 'e2e'])
  })

  it('is all of them when none is named', () => {
    expect(chooseSuites([])).toEqual(SUITES)
  })

  it('refuses an unknown name', () => {
    expect(() => chooseSuites(['unti'])).toThrow('There is no suite "unti": choose among kernels, types')
  })
})

describe('the summary', () => {
  const row = { name: 'unit', passed: 3, failed: 1, skipped: 0, seconds: 2 }

  it('ends with the sum over all suites', () => {
    expect(
      summary([row, { ...row, name: 'e2e' }])
        .split('\n')
        .at(-1),
    ).toBe('6 passed, 2 failed')
  })

  it('names what was skipped', () => {
    expect(
      summary([{ ...row, skipped: 2 }])
        .split('\n')
        .at(-1),
    ).toBe('3 passed, 1 failed, 2 skipped')
  })
})
