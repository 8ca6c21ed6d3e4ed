/**
 * Light stemming of Romance languages: number and gender (Savoy, "A stemming procedure and stopword list for general French
 * corpora", JASIS 1999; "Light stemming approaches for the French, Portuguese, German and Hungarian languages", SAC 2006;
 * and his stemmers of the same kind for Spanish and Italian). Words are lower case and without accents.
 */

export function stemFrench(word: string): string {
  if (word.length < 6) return word
  if (word.endsWith('x')) return /[^e]aux$/.test(word) ? `${word.slice(0, -2)}l` : word.slice(0, -1)
  const stem = word.replace(/s$/, '').replace(/r$/, '').replace(/e$/, '').replace(/e$/, '')
  return stem.replace(/(.)\1$/, '$1')
}

export function stemSpanish(word: string): string {
  if (word.length < 5) return word
  if (word.endsWith('eses')) return word.slice(0, -2)
  if (word.endsWith('ces')) return `${word.slice(0, -3)}z`
  return word.replace(/[aeo]s?$/, '')
}

export function stemItalian(word: string): string {
  if (word.length < 6) return word
  return word.replace(/(?:[ih]e|[hi]i|i[ao]|[aeio])$/, '')
}

export function stemPortuguese(word: string): string {
  if (word.length < 4) return word
  const singular = withoutPlural(word)
  const stem = singular.length > 6 ? singular.replace(/(os|ic|id|ad|iv|am|ess|or)a$/, '$1') : singular
  return stem.length > 4 ? stem.replace(/[aeo]$/, '') : stem
}

function withoutPlural(word: string): string {
  if (word.length > 6 && word.endsWith('mente')) return word.slice(0, -5)
  if (/(?:oes|aes)$/.test(word)) return `${word.slice(0, -3)}ao`
  if (word.length > 4 && /[rslz]es$/.test(word)) return word.slice(0, -2)
  if (word.endsWith('ns')) return `${word.slice(0, -2)}m`
  if (word.length > 4 && /[aeo]is$/.test(word)) return `${word.slice(0, -2)}l`
  return word.endsWith('s') ? word.slice(0, -1) : word
}
