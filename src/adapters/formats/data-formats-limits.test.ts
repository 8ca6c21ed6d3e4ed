import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { codeOf } from '../../core/errors.ts'
import type { LibraryBlob } from '../../core/ports/files.ts'
import { readCalendar, readContacts } from './read-cards.ts'
import { readBib } from './read-entries.ts'
import { readImageWords } from './read-image-words.ts'
import { readOrg, readRst, readTex } from './read-markup.ts'
import { readNotebook } from './read-notebook.ts'
import { readYaml } from './read-settings.ts'
import { readSubtitles } from './read-subtitles.ts'
import { readSvg } from './read-svg.ts'
import { readXmlText } from './read-xml-text.ts'

const fixture = (name: string) => new Uint8Array(readFileSync(new URL(`fixtures/${name}`, import.meta.url)))
const textOf = ({ blocks }: { blocks: readonly { text: string }[] }) =>
  blocks.map(({ text }) => text).join('\n')

/** Says something for each second that is asked for, a sentence each 20 seconds. */
const cue = (second: number) => {
  const time = new Date(second * 1000).toISOString().slice(11, 19)
  return `${time},000 --> ${time},900\nwords at ${second}${second % 20 === 0 ? '.' : ''}\n`
}

describe('an image', () => {
  it('without words is refused, even if a camera wrote some', async () => {
    await expect(readImageWords(new Blob([fixture('mute.jpg')]))).rejects.toThrow(
      'The image holds no words; search by what a picture shows is not there yet.',
    )
  })

  it('that cannot be understood is refused', async () => {
    const refused = readImageWords(new Blob([fixture('belfry.jpg').subarray(100)]))
    await expect(refused).rejects.toMatchObject({ name: 'UnreadableFile' })
  })

  it('of any size is read from its beginning', async () => {
    let asked = 0
    const part = (bytes: Uint8Array<ArrayBuffer>) => {
      asked += bytes.length
      return new Blob([bytes])
    }
    const huge: LibraryBlob = {
      size: 4_000_000_000,
      type: 'image/jpeg',
      slice: (start, end) => part(fixture('belfry.jpg').slice(start, end)),
      arrayBuffer: () => Promise.reject(new Error('expected not to be read whole')),
    }
    expect((await readImageWords(huge)).title).toBe('The old belfry')
    expect(asked).toBe(fixture('belfry.jpg').length)
  })
})

describe('hostile input', () => {
  it('of XML nested without end is read', () => {
    const depth = 50_000
    const { blocks } = readXmlText(`${'<a>'.repeat(depth)}Deep words.${'</a>'.repeat(depth)}`)
    expect(textOf({ blocks })).toContain('Deep words.')
  })

  it('of XML with a hundred thousand elements in a paragraph is read', () => {
    const { blocks } = readXmlText(`<p>Text ${'<b>word</b> and '.repeat(100_000)}</p>`)
    expect(textOf({ blocks })).toMatch(/^Text word and word and/)
  })

  it('in a drawing is left out', () => {
    const drawing = '<svg><script>steal()</script><text onclick="steal()">Harmless</text></svg>'
    expect(textOf(readSvg(drawing))).toBe('Harmless')
    expect(() => readSvg('<svg><script>steal()</script></svg>')).toThrow('The drawing holds no words')
  })

  it.each([
    ['[['.repeat(100_000), readOrg],
    ['='.repeat(100_000), readRst],
    ['`a <'.repeat(50_000), readRst],
    ['\\section{'.repeat(50_000), readTex],
    ['{'.repeat(200_000), readTex],
    ['a: &a [*a, *a]\n'.repeat(20_000), readYaml],
    [`00:00:01,000 --> 00:00:02,000\n${'<i'.repeat(100_000)}`, readSubtitles],
  ])('%#: a text made to take long is read', (source, read) => {
    expect(read(source).blocks.length).toBeGreaterThan(0)
  })

  it.each([
    [`BEGIN:VEVENT\nSUMMARY:A\nATTACH:${'AAAA\n '.repeat(200_000)}\nEND:VEVENT`, readCalendar],
    [`BEGIN:VCARD\nFN:A\n${'BEGIN:X\n'.repeat(100_000)}`, readContacts],
    [`@a{b, title = {${'{'.repeat(90_000)}`, readBib],
  ])('%#: records made to take long are read', (source, read) => {
    expect(read(source).blocks[0]?.level).toBe(1)
  })

  it.each([
    ['a calendar', () => readCalendar('BEGIN:VCALENDAR\nEND:VCALENDAR')],
    ['contacts', () => readContacts('x')],
    ['a bibliography', () => readBib('x')],
    ['a notebook', () => readNotebook('{"cells": 3}')],
    ['a broken notebook', () => readNotebook('{')],
  ])('that is no record is refused: %s', (_, read) => {
    let thrown: unknown
    try {
      read()
    } catch (error) {
      thrown = error
    }
    expect(codeOf(thrown)).toBe('UnreadableFile')
  })
})

it('a long output of a notebook is cut, and said so', () => {
  const outputs = [{ output_type: 'stream', text: ['x'.repeat(9000)] }]
  const { blocks, missing } = readNotebook(
    JSON.stringify({ cells: [{ cell_type: 'code', source: 'run()', outputs }] }),
  )
  expect(blocks.map(({ text }) => text.length)).toEqual([5, 4000])
  expect(missing).toEqual(['Of one output, only the beginning was read.'])
})

it('subtitles have a block for about each minute, which ends with a sentence', () => {
  const { blocks } = readSubtitles(Array.from({ length: 50 }, (_, i) => cue(i * 5)).join('\n'))
  expect(blocks.flatMap(({ text, level }) => (level === 1 ? [text] : []))).toEqual([
    '0:00',
    '1:05',
    '2:05',
    '3:05',
    '4:05',
  ])
  expect(blocks[1]?.text).toMatch(/at 60\.$/)
})
