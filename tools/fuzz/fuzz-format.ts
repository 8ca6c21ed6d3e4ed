import { createRandom } from '../../src/core/training/random.ts'
import type { Reading } from '../../src/adapters/reading.ts'
import { MOST_LETTERS } from '../../src/adapters/formats/block-writer.ts'
import type { FormatCase } from './formats.ts'
import { mutated } from './mutate.ts'

export interface FuzzCount {
  readonly read: number
  readonly refused: number
  /** Milliseconds of the input that took longest, and which it was. */
  readonly slowest: { readonly milliseconds: number; readonly input: number }
}

/**
 * Reads inputs `from` to before `to` that are made from a format's fixture; the same seed and number, the same input.
 * @throws Error that names the input when a reader throws anything but UnreadableFile with a sentence, or gives a reading
 *   that breaks its promises.
 */
export async function fuzzFormat(
  format: FormatCase,
  seed: number,
  from: number,
  to: number,
): Promise<FuzzCount> {
  let read = 0
  let slowest = { milliseconds: 0, input: from }
  for (let input = from; input < to; input++) {
    const bytes = await mutated(format.fixture, createRandom(seed * 1_000_003 + input))
    const start = performance.now()
    const problem = await problemOf(() => format.read(bytes))
    const milliseconds = performance.now() - start
    if (milliseconds > slowest.milliseconds) slowest = { milliseconds, input }
    if (problem === undefined) read++
    else if (problem !== REFUSED) {
      throw new Error(`${format.name}, seed ${seed}, input ${input}: ${problem.message}`, {
        cause: problem.cause,
      })
    }
  }
  return { read, refused: to - from - read, slowest }
}

const REFUSED = { message: 'refused', cause: undefined }

/** What is wrong; `undefined` when it was read as promised. */
async function problemOf(
  read: () => Promise<Reading>,
): Promise<{ message: string; cause: unknown } | undefined> {
  try {
    const message = brokenPromise(await read())
    return message === undefined ? undefined : { message, cause: undefined }
  } catch (cause) {
    if (!(cause instanceof Error)) return { message: `threw ${String(cause)}`, cause }
    if (cause.name !== 'UnreadableFile') return { message: `threw ${cause.name}: ${cause.message}`, cause }
    return isSentence(cause.message)
      ? REFUSED
      : { message: `refused without a sentence: ${cause.message}`, cause }
  }
}

function brokenPromise({ title, blocks, authors, writtenAt, missing }: Reading): string | undefined {
  const letters = blocks.reduce((sum, { text }) => sum + text.length, 0)
  if (letters > MOST_LETTERS) return `gave ${letters} letters, more than ${MOST_LETTERS}`
  const level = blocks.find(block => block.level !== undefined && !isIn(block.level, 1, 6))?.level
  if (level !== undefined) return `gave a heading of level ${level}`
  const page = blocks.find(block => block.page !== undefined && !isIn(block.page, 1, 1e6))?.page
  if (page !== undefined) return `gave a page ${page}`
  if (title !== undefined && title.trim() === '') return 'gave an empty title'
  if (authors?.some(author => author.trim() === '') === true) return 'gave an author without a name'
  if (writtenAt !== undefined && !Number.isFinite(writtenAt)) return `gave ${writtenAt} as date`
  const unsaid = missing?.find(sentence => !isSentence(sentence))
  return unsaid === undefined ? undefined : `misses something without a sentence: ${unsaid}`
}

function isIn(value: number, least: number, most: number): boolean {
  return Number.isInteger(value) && value >= least && value <= most
}

function isSentence(text: string): boolean {
  return /^[\p{Lu}\d`“].*[.!]$/su.test(text) && text.length < 5000
}
