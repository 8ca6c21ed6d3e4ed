/**
 * Light stemming of German: plural and case endings (Savoy, "Light stemming approaches for the French, Portuguese, German
 * and Hungarian languages", SAC 2006). `word` is lower case and folded, so that umlauts are plain vowels.
 */
export function stemGerman(word: string): string {
  return withoutDegree(withoutCase(word))
}

function withoutCase(word: string): string {
  if (word.length > 5 && word.endsWith('ern')) return word.slice(0, -3)
  if (word.length > 4 && /e[mnrs]$/.test(word)) return word.slice(0, -2)
  if (word.length > 3 && word.endsWith('e')) return word.slice(0, -1)
  if (word.length > 3 && /[bdfghklmnt]s$/.test(word)) return word.slice(0, -1)
  return word
}

function withoutDegree(word: string): string {
  if (word.length > 5 && word.endsWith('est')) return word.slice(0, -3)
  if (word.length > 4 && /e[rn]$/.test(word)) return word.slice(0, -2)
  if (word.length > 4 && /[bdfghklmnt]st$/.test(word)) return word.slice(0, -2)
  return word
}
