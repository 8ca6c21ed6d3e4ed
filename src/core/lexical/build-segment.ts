import { guessLanguage, type Language, LANGUAGES } from './language.ts'
import type { Segment } from './segment.ts'
import { createSegmentWriter } from './segment-writer.ts'
import { isStopWord } from './stop-words.ts'
import { termOf, wordsAndPositions } from './tokenise.ts'

/** Occurrences in the order of the texts: which term, in which document, at which place. */
interface Occurrences {
  terms: Uint32Array<ArrayBuffer>
  docs: Uint32Array<ArrayBuffer>
  places: Uint32Array<ArrayBuffer>
  count: number
}

/** A segment of `texts`, by key. */
export function buildSegment(texts: ReadonlyMap<number, string>): Segment {
  const keys = Uint32Array.from(texts.keys()).toSorted()
  const lengths = new Uint32Array(keys.length)
  const languages = new Uint8Array(keys.length)
  const numbering = createNumbering()
  const found = createOccurrences()
  keys.forEach((key, doc) => {
    const { words, positions } = wordsAndPositions(texts.get(key) ?? '')
    const language = guessLanguage(words)
    languages[doc] = LANGUAGES.indexOf(language)
    const numberOf = numbering.in(language)
    let length = 0
    for (let i = 0; i < words.length; i++) {
      const number = numberOf(words[i] as string)
      append(found, number, doc, positions[i] as number)
      if (numbering.counts[number] === true) length++
    }
    lengths[doc] = length
  })
  return write({ keys, lengths, languages }, numbering.byTerm, found)
}

/** Numbers terms as they come; a form of a word that was seen before in its language is not stemmed again. */
function createNumbering() {
  const byTerm = new Map<string, number>()
  /** By number: whether the term counts towards a document's length. */
  const counts: boolean[] = []
  const byLanguage = new Map<Language, (word: string) => number>()

  function numberer(language: Language): (word: string) => number {
    const byForm = new Map<string, number>()
    return word => {
      const known = byForm.get(word)
      if (known !== undefined) return known
      const term = termOf(word, language)
      const number = byTerm.get(term) ?? byTerm.size
      byTerm.set(term, number)
      counts[number] = !isStopWord(term)
      byForm.set(word, number)
      return number
    }
  }

  return {
    byTerm,
    counts,
    in(language: Language): (word: string) => number {
      const known = byLanguage.get(language) ?? numberer(language)
      byLanguage.set(language, known)
      return known
    },
  }
}

function createOccurrences(): Occurrences {
  return {
    terms: new Uint32Array(4096),
    docs: new Uint32Array(4096),
    places: new Uint32Array(4096),
    count: 0,
  }
}

function append(found: Occurrences, term: number, doc: number, place: number): void {
  if (found.count === found.terms.length) {
    for (const part of ['terms', 'docs', 'places'] as const) {
      const larger = new Uint32Array(found.count * 2)
      larger.set(found[part])
      found[part] = larger
    }
  }
  found.terms[found.count] = term
  found.docs[found.count] = doc
  found.places[found.count++] = place
}

function write(
  documents: Pick<Segment, 'keys' | 'lengths' | 'languages'>,
  numbers: ReadonlyMap<string, number>,
  found: Occurrences,
): Segment {
  const terms = Array.from(numbers.keys()).toSorted()
  const { docs, places, ends } = grouped(found, terms.length)
  const letters = terms.reduce((sum, term) => sum + term.length, 0)
  const hint = { terms: terms.length, letters, postings: 2 * found.count, positions: 2 * found.count }
  const writer = createSegmentWriter(documents, hint)
  const units = new Uint16Array(terms.reduce((most, term) => Math.max(most, term.length), 0))
  for (const term of terms) {
    const number = numbers.get(term) as number
    for (let i = 0; i < term.length; i++) units[i] = term.charCodeAt(i)
    writer.term(units, 0, term.length)
    const end = ends[number] as number
    for (let at = ends[number - 1] ?? 0; at < end; ) {
      let next = at + 1
      while (next < end && docs[next] === docs[at]) next++
      writer.posting(docs[at] as number, places, at, next)
      at = next
    }
  }
  return writer.finish()
}

/** The occurrences of each term together, in their order: a counting sort. `ends` says where those of each term end. */
function grouped({ terms, docs, places, count }: Occurrences, termCount: number) {
  const next = new Uint32Array(termCount + 1)
  for (let i = 0; i < count; i++) {
    const after = (terms[i] as number) + 1
    next[after] = (next[after] as number) + 1
  }
  for (let term = 1; term < termCount; term++)
    next[term] = (next[term] as number) + (next[term - 1] as number)
  const sorted = { docs: new Uint32Array(count), places: new Uint32Array(count) }
  for (let i = 0; i < count; i++) {
    const term = terms[i] as number
    const at = next[term] as number
    sorted.docs[at] = docs[i] as number
    sorted.places[at] = places[i] as number
    next[term] = at + 1
  }
  return { ...sorted, ends: next }
}
