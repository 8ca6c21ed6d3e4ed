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

/** Words that make up a third of any text in their language. Some belong to several; each counts for all of its own. */
const FUNCTION_WORDS: Readonly<Partial<Record<Language, string>>> = {
  en:
    'the of and to in is that for with as was on are by be this it from or at which have not an but has were you can ' +
    'his he they their we will if when all your a',
  de:
    'der die das und ist nicht mit ein eine einen einer den von zu auf für im dem sich des auch als es werden wird sind ' +
    'oder aus bei nach wie war ich sie er wir dass daß zum zur in',
  fr:
    'le la les des et est une un dans que qui pour pas sur du au aux avec ce cette il elle sont par plus se ne ou en de ' +
    'nous vous son sa ses être mais',
  es:
    'el la los las de que y en un una es por con para no se del al lo como más su sus está son pero este esta fue ha ' +
    'entre cuando muy',
  it:
    'il la di che e è un una per non con del della dei delle i gli le si sono da in nel alla al anche più come ma lo ' +
    'questo questa era dal sulla',
  pt:
    'o a os as de que e do da em um uma para não com no na por se dos das mais como ao à é foi são ou seu sua mas pela ' +
    'pelo também',
}
const LANGUAGES_OF = languagesOfFunctionWords()

/** Words that are looked at: enough for any prose. */
const MOST_WORDS = 200
/** Too short a text to say that it is in no known language. */
const FEW_WORDS = 12
/** Least share of function words. Lists and code of English have few; other languages share some by accident. */
const LEAST_SHARE = 0.08
const LEAST_FOREIGN_SHARE = 0.16

/**
 * The language of a text, by its function words. Texts too short to tell (headings, names) count as English, the language
 * that names and code lean on; longer ones without function words that we know are of an unknown language.
 */
export function guessLanguage(text: string): Language {
  const hits = new Map<Language, number>()
  let words = 0
  for (const [word] of text.matchAll(WORD)) {
    for (const language of LANGUAGES_OF.get(word.toLowerCase()) ?? []) {
      hits.set(language, (hits.get(language) ?? 0) + 1)
    }
    if (++words === MOST_WORDS) break
  }
  const [best, second] = [...hits].toSorted((a, b) => b[1] - a[1])
  const share = best === undefined ? 0 : best[1] / words
  const least = best?.[0] === 'en' ? LEAST_SHARE : LEAST_FOREIGN_SHARE
  if (best !== undefined && share >= least && best[1] > (second?.[1] ?? 0)) return best[0]
  return words < FEW_WORDS ? 'en' : 'unknown'
}

function languagesOfFunctionWords(): ReadonlyMap<string, readonly Language[]> {
  const languages = new Map<string, Language[]>()
  for (const language of LANGUAGES) {
    for (const word of FUNCTION_WORDS[language]?.split(' ') ?? []) {
      languages.set(word, [...(languages.get(word) ?? []), language])
    }
  }
  return languages
}

const WORD = /\p{L}+/gu
