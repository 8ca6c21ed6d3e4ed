import { expect, it } from 'vitest'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createNearestSentences } from './nearest-sentences.ts'

/** An encoder that tells what it was given. */
function watchedEncoder() {
  const encoder = createHashEncoder()
  const encoded: string[][] = []
  const encode: typeof encoder.encode = async (texts, tower) => {
    if (tower === 'document') encoded.push([...texts])
    return encoder.encode(texts, tower)
  }
  return { encoded, encoder: { ...encoder, encode } }
}

async function nearest(query: string, ...texts: string[]): Promise<(string | undefined)[]> {
  const { encoder } = watchedEncoder()
  const sentences = createNearestSentences()
  await sentences.prepare(texts, encoder)
  const queryVector = await encoder.encode([query], 'query')
  return texts.map(text => {
    const span = sentences.nearest(text, queryVector)
    return span && text.slice(span.start, span.end).trim()
  })
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

it('answers with nothing for a text that it was not given', async () => {
  const { encoder } = watchedEncoder()
  const sentences = createNearestSentences()
  expect(sentences.knows('One. Two.')).toBe(false)
  expect(sentences.nearest('One. Two.', await encoder.encode(['one'], 'query'))).toBeUndefined()
})

it('embeds a text once, all the new ones in one call, and the least used again', async () => {
  const { encoded, encoder } = watchedEncoder()
  const sentences = createNearestSentences(2)
  await sentences.prepare(['One. Two.', 'Three. Four.', 'One. Two.'], encoder)
  expect(encoded).toEqual([['One.', 'Two.', 'Three.', 'Four.']])
  await sentences.prepare(['One. Two.', 'Three. Four.'], encoder)
  expect(encoded).toHaveLength(1)
  sentences.nearest('One. Two.', await encoder.encode(['one'], 'query'))
  await sentences.prepare(['Five. Six.'], encoder)
  expect(['One. Two.', 'Three. Four.', 'Five. Six.'].map(text => sentences.knows(text))).toEqual([
    true,
    false,
    true,
  ])
})

it('forgets what another encoder has embedded', async () => {
  const sentences = createNearestSentences()
  await sentences.prepare(['One. Two.'], watchedEncoder().encoder)
  await sentences.prepare(['Three. Four.'], watchedEncoder().encoder)
  expect(sentences.knows('One. Two.')).toBe(false)
})
