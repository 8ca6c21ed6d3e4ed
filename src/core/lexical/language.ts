/** Languages whose endings we take off, and guessing which of them a text is in. */
import { stemEnglish } from './stem-english.ts'
import { stemGerman } from './stem-german.ts'
import { stemFrench, stemItalian, stemPortuguese, stemSpanish } from './stem-romance.ts'

/** `unknown` is a language without a stemmer. The order is stored; append only. */
export const LANGUAGES = ['unknown', 'en', 'de', 'fr', 'es', 'it', 'pt'] as const
export type Language = (typeof LANGUAGES)[number]

const STEMMERS: Readonly<Record<Language, (word: string) => string>> = {
  unknown: word => word,
  en: stemEnglish,
  de: stemGerman,
  fr: stemFrench,
  es: stemSpanish,
  it: stemItalian,
  pt: stemPortuguese,
}

/** What the forms of a word have in common; `word` is lower case and folded. */
export function stem(word: string, language: Language): string {
  return STEMMERS[language](word)
}

/** Words that make up a third of any text in their language, folded. Some belong to several; each counts for all of its own. */
const FUNCTION_WORDS: Readonly<Partial<Record<Language, string>>> = {
  en:
    'the of and to in is that for with as was on are by be this it from or at which have not an but has were you can ' +
    'his he they their we will if when all your a',
  de:
    'der die das und ist nicht mit ein eine einen einer den von zu auf fur im dem sich des auch als es werden wird sind ' +
    'oder aus bei nach wie war ich sie er wir dass zum zur in',
  fr:
    'le la les des et est une un dans que qui pour pas sur du au aux avec ce cette il elle sont par plus se ne ou en de ' +
    'nous vous son sa ses etre mais',
  es:
    'el la los las de que y en un una es por con para no se del al lo como mas su sus esta son pero este fue ha ' +
    'entre cuando muy',
  it:
    'il la di che e un una per non con del della dei delle i gli le si sono da in nel alla al anche piu come ma lo ' +
    'questo questa era dal sulla',
  pt:
    'o a os as de que e do da em um uma para nao com no na por se dos das mais como ao foi sao ou seu sua mas pela ' +
    'pelo tambem',
}
const LANGUAGES_OF = languagesOfFunctionWords()

/** Words that are looked at: enough for any prose. */
const MOST_WORDS = 200
/** Too short a text to say that it is in no known language. */
const FEW_WORDS = 12
/** Least share of function words. Lists and code of English have few; other languages share some by accident. */
const LEAST_SHARE = 0.08
const LEAST_FOREIGN_SHARE = 0.16
/** One alone may be a name. */
const LEAST_FOREIGN_HITS = 2

/**
 * The language of a text, by its words, which are folded. Texts too short to tell (headings, names) count as English, the language
 * that names and code lean on; longer ones without function words that we know are of an unknown language.
 */
export function guessLanguage(words: readonly string[]): Language {
  const looked = Math.min(words.length, MOST_WORDS)
  const hits = new Uint16Array(LANGUAGES.length)
  for (let i = 0; i < looked; i++) {
    const known = LANGUAGES_OF.get(words[i] as string)
    if (known !== undefined) for (const language of known) hits[language] = (hits[language] as number) + 1
  }
  let best = 0
  let isTie = true
  for (let language = 1; language < hits.length; language++) {
    const difference = (hits[language] as number) - (hits[best] as number)
    if (difference >= 0) isTie = difference === 0
    if (difference > 0) best = language
  }
  const guess = LANGUAGES[best] ?? 'unknown'
  if (!isTie && isEnough(guess, hits[best] as number, looked)) return guess
  return looked < FEW_WORDS ? 'en' : 'unknown'
}

function isEnough(language: Language, hits: number, words: number): boolean {
  if (language === 'en') return hits >= LEAST_SHARE * words
  return hits >= LEAST_FOREIGN_HITS && hits >= LEAST_FOREIGN_SHARE * words
}

/** Places in `LANGUAGES` by word. */
function languagesOfFunctionWords(): ReadonlyMap<string, readonly number[]> {
  const places = new Map<string, number[]>()
  for (const [place, language] of LANGUAGES.entries()) {
    for (const word of FUNCTION_WORDS[language]?.split(' ') ?? []) {
      places.set(word, [...(places.get(word) ?? []), place])
    }
  }
  return places
}
