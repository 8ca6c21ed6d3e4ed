/** Passages of real text, or of generated text where there is none, and queries made of them: what the benchmarks run on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isStopWord } from '../src/core/lexical/stop-words.ts'
import { wordSpans } from '../src/core/lexical/tokenise.ts'
import { createRandom, type Random } from '../src/core/training/random.ts'
import { createWriter } from '../tools/collection-text.mjs'

/** Words of a passage, about as many as the page cuts documents into. */
const PASSAGE_WORDS = 120

/** Words between the beginnings of two rounds of windows; it shares no divisor with a passage's length. */
const SHIFT = 37

/** Of one generated document. */
const DOCUMENT_BYTES = 20_000

/** A passage, and the round over the texts that it was cut in: passages of one round do not overlap. */
export interface CutPassage {
  readonly text: string
  readonly round: number
}

/**
 * Passages of about 120 words from the texts of a folder (`*.txt.gz`, a paragraph or sentence a line), in turn from each
 * file, so that every number of them is a mixture. @throws Error when the folder or its texts are missing.
 */
export function readPassages(folder: string, count: number): string[] {
  const passages: string[] = []
  for (const { text, round } of cutPassages(folder)) {
    if (round > 0 || passages.length === count) break
    passages.push(text)
  }
  return passages
}

/**
 * The same without an end. When all is cut, it is cut again into windows of 120 words that begin elsewhere: those overlap
 * with what came before and repeat none of it. @throws Error as above.
 */
export function* cutPassages(folder: string): Generator<CutPassage> {
  const texts = readTexts(folder)
  for (let round = 0; ; round++) {
    const skipped = (round * SHIFT) % PASSAGE_WORDS
    const cut = round === 0 ? linesOf : (text: string) => windowsOf(text, skipped)
    for (const text of inTurn(texts.map(cut))) yield { text, round }
  }
}

/** Seeded prose from templates, without an end: it repeats its few hundred words. */
export function* generatedPassages(seed: number): Generator<CutPassage> {
  const writer = createWriter(seed)
  for (;;) {
    for (const text of linesOf(writer.document(DOCUMENT_BYTES).toMarkdown())) yield { text, round: 0 }
  }
}

function readTexts(folder: string): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.txt.gz')) : []
  if (names.length === 0) throw new Error(`expected texts (*.txt.gz) in ${folder}, found none; see --text`)
  return names.toSorted().map(name => gunzipSync(readFileSync(join(folder, name))).toString())
}

/** One of each that is not at its end, again and again. */
function* inTurn(sources: readonly Iterator<string>[]): Generator<string> {
  let open = sources
  while (open.length > 0) {
    const ended = new Set<Iterator<string>>()
    for (const source of open) {
      const next = source.next()
      if (next.done === true) ended.add(source)
      else yield next.value
    }
    open = open.filter(source => !ended.has(source))
  }
}

/** Whole lines, until they have words enough. */
function* linesOf(text: string): Generator<string> {
  let lines: string[] = []
  let words = 0
  for (const line of eachLine(text)) {
    lines.push(line)
    words += line.split(' ').length
    if (words < PASSAGE_WORDS) continue
    yield lines.join('\n')
    lines = []
    words = 0
  }
}

/** Windows of words, one behind another, after `skipped` of them. */
function* windowsOf(text: string, skipped: number): Generator<string> {
  let words: string[] = []
  let left = skipped
  for (const line of eachLine(text)) {
    const found = line.split(' ')
    words.push(...found.slice(left))
    left = Math.max(0, left - found.length)
    for (; words.length >= PASSAGE_WORDS; words = words.slice(PASSAGE_WORDS)) {
      yield words.slice(0, PASSAGE_WORDS).join(' ')
    }
  }
}

/** Without an array of all of them: a text may have a hundred megabytes. */
function* eachLine(text: string): Generator<string> {
  for (let from = 0; from < text.length; ) {
    const end = text.indexOf('\n', from)
    yield text.slice(from, end < 0 ? undefined : end)
    from = end < 0 ? text.length : end + 1
  }
}

/** Seeded queries of 2 to 5 words that stand near each other in some passage, none of them a stop word. */
export function queriesFrom(passages: readonly string[], count: number, seed: number): string[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => queryFrom(passages[random.below(passages.length)] ?? '', random))
}

/** 2 to 5 words that stand near each other in a passage, none of them a stop word. */
export function queryFrom(passage: string, random: Random): string {
  const words = wordSpans(passage).flatMap(({ word }) => (isStopWord(word) ? [] : [word]))
  const length = 2 + random.below(4)
  const start = random.below(Math.max(1, words.length - 2 * length))
  return random
    .shuffle(words.slice(start, start + 2 * length))
    .slice(0, length)
    .join(' ')
}
