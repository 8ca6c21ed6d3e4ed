import { expect, it } from 'vitest'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { nearestSentences } from './nearest-sentences.ts'

async function nearest(query: string, ...texts: string[]): Promise<(string | undefined)[]> {
  const encoder = createHashEncoder()
  const spans = await nearestSentences(texts, await encoder.encode([query], 'query'), encoder)
  return texts
    .map((text, i) => text.slice(spans[i]?.start, spans[i]?.end))
    .map((part, i) => (spans[i] ? part.trim() : undefined))
}

it('picks the sentence of each text that is nearest to the query', async () => {
  const found = await nearest(
    'paper bag',
    'The fridge dries bread out. Keep it in a paper bag. Slice it first.',
    'A paper bag is cheap. So is a box of tin.',
  )
  expect(found).toEqual(['Keep it in a paper bag.', 'A paper bag is cheap.'])
})

it('marks nothing in a text of one sentence, nor in an empty one', async () => {
  expect(await nearest('paper bag', 'Keep it in a paper bag.', '')).toEqual([undefined, undefined])
})

it('answers with nothing to no texts', async () => {
  expect(await nearest('paper bag')).toEqual([])
})
