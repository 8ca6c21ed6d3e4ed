import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { codeOf, messageOf } from '../../core/errors.ts'
import { changed, changesOf } from './mutate.suite.ts'
import { goldenOf, pdfMailFixtures } from './pdf-mail.suite.ts'

const RUNS = 15

describe.each(pdfMailFixtures)('$name', ({ name, fixture, read }) => {
  test('is read as the golden file says', async () => {
    await expect(goldenOf(await read(fixture))).toMatchFileSnapshot(`fixtures/${name}.golden.txt`)
  })

  test('gives blocks or a sentence, whatever is done to its bytes', { timeout: 60_000 }, async () => {
    const property = fc.asyncProperty(changesOf(fixture.length), async changes => {
      const outcome = await read(changed(fixture, changes)).catch((error: unknown) => error)
      if (outcome instanceof Error) return expectSentence(outcome)
      expect(outcome).toMatchObject({ blocks: expect.any(Array) })
    })
    await fc.assert(property, { numRuns: RUNS, seed: 5 })
  })
})

function expectSentence(error: Error): void {
  expect(codeOf(error), error.stack).toBe('UnreadableFile')
  expect(messageOf(error)).toMatch(/^[A-Z].+\.$/)
}
