/** Passages of real text, and queries made of them: what the lexical benchmark runs on. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { isStopWord } from '../src/core/lexical/stop-words.ts'
import { wordSpans } from '../src/core/lexical/tokenise.ts'
import { createRandom } from '../src/core/training/random.ts'

/** Words of a passage, about as many as the page cuts documents into. */
const PASSAGE_WORDS = 120

/**
 * Passages of about 120 words from the texts of a folder (`*.txt.gz`, a paragraph or sentence a line), in turn from each
 * file, so that every number of them is a mixture. @throws Error when the folder or its texts are missing.
 */
export function readPassages(folder: string, count: number): string[] {
  const names = existsSync(folder) ? readdirSync(folder).filter(name => name.endsWith('.txt.gz')) : []
  if (names.length === 0) throw new Error(`expected texts (*.txt.gz) in ${folder}, found none; see --text`)
  const sources = names
    .toSorted()
    .map(name => passagesOf(gunzipSync(readFileSync(join(folder, name))).toString()))
  const passages: string[] = []
  while (passages.length < count && sources.length > 0) {
    for (const source of sources.slice()) {
      const next = source.next()
      if (next.done === true) sources.splice(sources.indexOf(source), 1)
      else passages.push(next.value)
    }
  }
  return passages.slice(0, count)
}

function* passagesOf(text: string): Generator<string> {
  let lines: string[] = []
  let words = 0
  for (const line of text.split('\n')) {
    lines.push(line)
    words += line.split(' ').length
    if (words < PASSAGE_WORDS) continue
    yield lines.join('\n')
    lines = []
    words = 0
  }
}

/** Seeded queries of 2 to 5 words that stand near each other in some passage, none of them a stop word. */
export function queriesFrom(passages: readonly string[], count: number, seed: number): string[] {
  const random = createRandom(seed)
  return Array.from({ length: count }, () => {
    const passage = passages[random.below(passages.length)] ?? ''
    const words = wordSpans(passage).flatMap(({ word }) => (isStopWord(word) ? [] : [word]))
    const length = 2 + random.below(4)
    const start = random.below(Math.max(1, words.length - 2 * length))
    return random
      .shuffle(words.slice(start, start + 2 * length))
      .slice(0, length)
      .join(' ')
  })
}
