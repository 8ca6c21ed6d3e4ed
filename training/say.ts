/** Tells the person at the terminal a sentence. */
export type Say = (sentence: string) => void

/** With the seconds since it was made in front. */
export function createSay(): Say {
  const started = performance.now()
  return sentence => console.log(`[${Math.round((performance.now() - started) / 1000)} s] ${sentence}`)
}
