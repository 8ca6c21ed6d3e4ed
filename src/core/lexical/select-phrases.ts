import { keysInBoth, keysWithout } from '../combine-keys.ts'
import { type KeySet, keySetOf } from '../key-set.ts'
import type { PhraseConditions } from '../ports/lexical-index.ts'
import { findTerm } from './dictionary.ts'
import type { LiveSegment } from './live-segment.ts'
import { docsWithPhrase, type PhraseWord } from './phrase-docs.ts'
import { termsOfWord, type Vocabulary } from './query-clauses.ts'
import type { Segment } from './segment.ts'
import { phraseWordsOf } from './tokenise.ts'

/** The keys of `within` whose passages hold every phrase and none of those that they must not. */
export function selectPhrases(
  { phrases, without }: PhraseConditions,
  within: KeySet,
  segments: readonly LiveSegment[],
  vocabulary: Vocabulary,
): KeySet {
  const holding = (phrase: string) => keysWithPhrase(phrase, segments, vocabulary)
  const wanted = phrases.reduce((keys, phrase) => keysInBoth(keys, holding(phrase)), within)
  return without.reduce((keys, phrase) => keysWithout(keys, holding(phrase)), wanted)
}

function keysWithPhrase(phrase: string, segments: readonly LiveSegment[], vocabulary: Vocabulary): KeySet {
  const languages = vocabulary.languages()
  const words = phraseWordsOf(phrase).map(({ word, position }) => {
    return { terms: termsOfWord(word, languages), offset: position }
  })
  const keys = segments.flatMap(({ segment, dead }) => {
    const docs = docsWithPhrase(
      segment,
      words.map(({ terms, offset }) => inSegment(terms, offset, segment)),
    )
    return docs.filter(doc => dead[doc] === 0).map(doc => segment.keys[doc] as number)
  })
  return keySetOf(Uint32Array.from(keys))
}

function inSegment(terms: readonly string[], offset: number, segment: Segment): PhraseWord {
  return { terms: terms.map(term => findTerm(segment, term)).filter(term => term >= 0), offset }
}
