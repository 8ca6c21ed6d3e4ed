/** What a run learns from: pairs, texts and the tokenizer that cuts them. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Random } from '../src/core/training/random.ts'
import { chooseParagraphs, learnTokenizer } from './prepare.ts'
import { readPairs, readParagraphs } from './read-sources.ts'
import type { Pair, Source } from './read-sources.ts'
import { HELD_OUT, RECIPE, SKIPPED_TEXTS, TEXT_CAP } from './recipe.ts'
import type { Say } from './say.ts'

export interface TrainingData {
  readonly pairs: readonly Source<Pair>[]
  /** Sources that are never trained on. */
  readonly heldOut: readonly Source<Pair>[]
  /** All paragraphs, and those that inverse cloze reads. */
  readonly rawTexts: readonly Source<string>[]
  readonly texts: readonly Source<string>[]
  /** The contents of a `tokenizer.json`. */
  readonly tokenizerJson: unknown
}

/** `tokenizerPath` in place of learning one. */
export async function readTrainingData(
  folder: string,
  tokenizerPath: string | undefined,
  random: Random,
  say: Say,
): Promise<TrainingData> {
  const all = await readPairs(join(folder, 'train'))
  const pairs = all.filter(({ name }) => !HELD_OUT.includes(name))
  const rawTexts = await readParagraphs(join(folder, 'text'))
  const known = rawTexts.filter(({ name }) => !SKIPPED_TEXTS.includes(name))
  const texts = chooseParagraphs(known, TEXT_CAP, random)
  say(`${count(pairs)} pairs of ${pairs.length} sources, ${count(texts)} paragraphs of ${texts.length} texts`)
  const tokenizerJson: unknown =
    tokenizerPath === undefined
      ? learnTokenizer(pairs, texts, RECIPE.vocabulary)
      : JSON.parse(await readFile(tokenizerPath, 'utf8'))
  const heldOut = all.filter(({ name }) => HELD_OUT.includes(name))
  return { pairs, heldOut, rawTexts, texts, tokenizerJson }
}

function count(sources: readonly { items: readonly unknown[] }[]): number {
  return sources.reduce((sum, { items }) => sum + items.length, 0)
}
