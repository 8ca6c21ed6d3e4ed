import { expect, test } from 'vitest'
import { bytesOf, loadCMaps } from './pdf-mail.suite.ts'
import { readPdf } from './pdf.ts'

const read = (name: string) => readPdf(bytesOf(`fixtures/${name}`), { loadCMaps })

test('says that a password locks the file', async () => {
  await expect(read('locked.pdf')).rejects.toMatchObject({
    name: 'UnreadableFile',
    message: 'This PDF is locked with a password. Save it without one and add it again.',
  })
})

test('says that all pages are pictures', async () => {
  await expect(read('scanned.pdf')).rejects.toMatchObject({
    name: 'UnreadableFile',
    message: expect.stringMatching(
      /^This PDF holds pictures of pages, as a scanner makes them, and no text\./,
    ),
  })
})

test('names the pages that are pictures among others', async () => {
  const { blocks, missing } = await read('half-scanned.pdf')
  expect(missing).toEqual(['Page 2 is a picture without text, as of a scanner.'])
  expect(blocks[0]).toMatchObject({ text: 'Report on the Northern Lights', page: 1 })
})

test.each([
  ['no PDF', new TextEncoder().encode('no such thing')],
  ['a head without a body', bytesOf('fixtures/tagged.pdf').slice(0, 200)],
])('says of %s that it is damaged', async (_, bytes) => {
  await expect(readPdf(bytes, { loadCMaps })).rejects.toMatchObject({
    name: 'UnreadableFile',
    message: 'This PDF is damaged: it could not be opened.',
  })
})

test('leaves the bytes as they are', async () => {
  const bytes = bytesOf('fixtures/tagged.pdf')
  await readPdf(bytes, { loadCMaps })
  expect(bytes).toEqual(bytesOf('fixtures/tagged.pdf'))
})

test('asks for character maps only where a font names one', async () => {
  let asked = 0
  const loadAndCount = () => {
    asked++
    return loadCMaps()
  }
  await readPdf(bytesOf('fixtures/tagged.pdf'), { loadCMaps: loadAndCount })
  expect(asked).toBe(0)
  await readPdf(bytesOf('fixtures/japanese.pdf'), { loadCMaps: loadAndCount })
  expect(asked).toBeGreaterThan(0)
})

test('stops at a number of pages, of characters, and after a time, and says so', async () => {
  const bytes = bytesOf('fixtures/tagged.pdf')
  const missing = ['Only the first 1 of 2 pages were read: it is too long.']
  let clock = 0
  for (const limit of [{ pages: 1 }, { characters: 10 }, { milliseconds: 5, now: () => (clock += 10) }]) {
    const reading = await readPdf(bytes, { loadCMaps, ...limit })
    expect(reading.missing).toEqual(missing)
    expect(reading.blocks.map(({ text }) => text)).not.toContain('Keepers')
  }
})

test('reads when it was written', async () => {
  const { writtenAt } = await read('tagged.pdf')
  expect(new Date(writtenAt ?? 0).getUTCFullYear()).toBeGreaterThan(2020)
})
