import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Reading } from '../reading.ts'
import { dataFixtures, type DataFixture } from './data-formats.suite.ts'

/** What was read and looked over by a person. With UPDATE_GOLDENS=1 in the environment, it is written anew. */
function golden(name: string, reading: Reading): unknown {
  const file = new URL(`fixtures/${name}.golden.json`, import.meta.url)
  if (process.env['UPDATE_GOLDENS'] === '1') writeFileSync(file, `${JSON.stringify(reading, null, 2)}\n`)
  return JSON.parse(readFileSync(file, 'utf8'))
}

describe('a file of data, code or a picture', () => {
  it.each(dataFixtures)('$name is read as a person would', async ({ name, fixture, read }) => {
    const reading = await read(fixture)
    // As JSON, what is undefined is not there.
    expect(JSON.parse(JSON.stringify(reading))).toEqual(golden(name, reading))
  })

  it.each(dataFixtures)(
    '$name with something wrong in it is read or refused with a sentence',
    async format => {
      const place = fc.nat({ max: format.fixture.length })
      const insert = fc.constantFrom(
        '<',
        '"',
        '{',
        '\\',
        '\n',
        '\0',
        'END:',
        '--',
        '[',
        '&#0;',
        '%',
        '99999999',
      )
      const change = fc.record({ at: place, to: place, insert, cut: fc.boolean() })
      await fc.assert(
        fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async changes => {
          expect(await problemWith(format, changed(format.fixture, changes))).toBeUndefined()
        }),
        { seed: 17, numRuns: 40 },
      )
    },
  )
})

interface Change {
  readonly at: number
  readonly to: number
  readonly insert: string
  readonly cut: boolean
}

function changed(bytes: Uint8Array<ArrayBuffer>, changes: readonly Change[]): Uint8Array<ArrayBuffer> {
  return changes.reduce((before, { at, to, insert, cut }) => {
    const [front, back] = [before.subarray(0, at), before.subarray(cut ? Math.max(at, to) : at)]
    return new Uint8Array(Buffer.concat([front, Buffer.from(insert), back]))
  }, bytes)
}

async function problemWith(
  { read }: DataFixture,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string | undefined> {
  try {
    const { blocks, title } = await read(bytes)
    const level = blocks.find(
      block => block.level !== undefined && !(block.level >= 1 && block.level <= 6),
    )?.level
    if (level !== undefined) return `a heading of level ${level}`
    return title?.trim() === '' ? 'an empty title' : undefined
  } catch (error) {
    if (!(error instanceof Error)) return String(error)
    return error.name === 'UnreadableFile' && error.message.endsWith('.') ? undefined : `${error.stack}`
  }
}
