import { describe, expect, it } from 'vitest'
import { createHashEncoder } from '../adapters/hash-encoder.ts'
import { createMemoryInteractionLog } from '../adapters/memory-interaction-log.ts'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import { type DocumentContents, indexedText, parseDocumentId } from '../core/document.ts'
import type { Library } from '../core/ports/library.ts'
import { createRandom } from '../core/training/random.ts'
import { dotProduct } from '../core/vector.ts'
import { clozesOf } from './cloze.ts'
import { createCorrectedEncoder } from './corrected-encoder.ts'
import { learnFromDocuments } from './learn-from-documents.ts'

const encoder = createHashEncoder()
/** A domain of 30 topics, each with words of its own for the sentence before and for the one behind. */
const ofDomain = (n: number): string => {
  const [topic, other] = [n % 30, Math.floor(n / 30)]
  return `Said${topic} told${topic} spoke${topic} now${other} called${topic}. Meant${topic} wanted${topic} then${other} wished${topic} sought${topic}.`
}

async function libraryOf(passages: number, write: (n: number) => string): Promise<Library> {
  const library = createMemoryLibrary()
  const { space } = await encoder.info()
  const texts = Array.from({ length: passages }, (_, n) => write(n))
  let start = 0
  const contents: DocumentContents = {
    text: texts.join('\n\n'),
    passages: texts.map(text => {
      const passage = { start, end: start + text.length, trail: [] }
      start = passage.end + 2
      return passage
    }),
  }
  const row = { id: parseDocumentId('a'.repeat(64)), title: 'Notes', name: 'n', path: 'n', mediaType: 't' }
  const counts = { bytes: 1, modifiedAt: 0, addedAt: 0, passageCount: passages, space }
  const whole = contents.passages.map(passage => indexedText(row, contents.text, passage))
  await library.put({ ...row, ...counts }, contents, await encoder.encode(whole, 'document'))
  return library
}

function learn(library: Library, signal = { aborted: false }, progress: (share: number) => void = () => {}) {
  const ports = { library, encoder, log: createMemoryInteractionLog(1) }
  const clock = { now: () => 0, breathe: () => Promise.resolve() }
  return learnFromDocuments({ ...ports, clock }, { inUse: undefined, signal, progress })
}

describe('learning from documents', () => {
  it('learns what goes with what in a domain that the model does not know', async () => {
    const shares: number[] = []
    const adapted = await learn(await libraryOf(600, ofDomain), undefined, share => shares.push(share))
    if (!adapted.accepted) throw new Error(`expected a new head, got ${adapted.sentence}`)
    expect(adapted.scores.after).toBeGreaterThan(adapted.scores.before + 0.02)
    const corrected = createCorrectedEncoder(encoder, () => adapted.correction)
    const meant = await encoder.encode(['meant7 wanted7'], 'document')
    const near = dotProduct(await corrected.encode(['said7 told7'], 'query'), meant)
    expect(near).toBeGreaterThan(dotProduct(await encoder.encode(['said7 told7'], 'query'), meant))
    expect(shares).toEqual(shares.toSorted((a, b) => a - b))
    expect(shares.length).toBeGreaterThan(10)
  })

  it('refuses what holds nothing to learn', async () => {
    const random = createRandom(3)
    const word = () => `word${random.below(3000)}`
    const noise = () =>
      `Word ${word()} ${word()} ${word()} ${word()}. Word ${word()} ${word()} ${word()} ${word()}.`
    const adapted = await learn(await libraryOf(400, noise))
    expect(adapted).toMatchObject({ accepted: false })
  })

  it('says how much text is missing', async () => {
    const adapted = await learn(await libraryOf(40, ofDomain))
    expect(adapted).toMatchObject({ sentence: expect.stringContaining('40 of at least 300 passages') })
  })

  it('stops when it is cancelled', async () => {
    const library = await libraryOf(400, ofDomain)
    await expect(learn(library, { aborted: true })).rejects.toMatchObject({ name: 'Cancelled' })
  })
})

describe('a cloze', () => {
  it('takes a sentence out of its passage, and nothing else', async () => {
    const library = await libraryOf(20, ofDomain)
    const [stored] = await library.load([parseDocumentId('a'.repeat(64))])
    if (stored === undefined) throw new Error('expected a document')
    const clozes = clozesOf(stored, 1, createRandom(1))
    expect(clozes).toHaveLength(20)
    clozes.forEach(({ sentence, rest }, n) => {
      const [first = '', second = ''] = ofDomain(n).split(/(?<=\.) /)
      expect([first, second]).toContain(sentence)
      expect(rest.replace(/\s+/g, ' ').trim()).toBe(`Notes ${sentence === first ? second : first}`)
    })
  })

  it('leaves out passages of one sentence', async () => {
    const library = await libraryOf(5, () => 'One sentence with quite a few words.')
    const [stored] = await library.load([parseDocumentId('a'.repeat(64))])
    expect(stored && clozesOf(stored, 1, createRandom(1))).toEqual([])
  })
})
