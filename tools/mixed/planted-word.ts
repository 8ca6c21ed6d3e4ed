/** Invented words that stand in no other text, so that what became of a file can be seen by looking for its word. */

const LETTERS = 'abcdefghijklmnopqrstuvwxyz'
const COUNT = 26 ** 6
/** Has no factor with `COUNT` in common, so that no two numbers give one word; neighbours look different. */
const STRIDE = 104_729_003

export const PLANTED_WORD = /zyx[a-z]{6}/g

/** The word of a number up to 300 million. */
export function plantedWord(number: number): string {
  let rest = Number((BigInt(number + 1) * BigInt(STRIDE)) % BigInt(COUNT))
  let word = ''
  for (let i = 0; i < 6; i++) {
    word += LETTERS.charAt(rest % 26)
    rest = Math.floor(rest / 26)
  }
  return `zyx${word}`
}

/** A sentence that only one file tells. */
export function plantedSentence(word: string): string {
  return `The parcel that is marked ${word} was left behind the third door.`
}
