/** Cuts a paragraph of English prose into sentences, roughly: behind a full stop and before a capital letter. */
export function sentencesOf(paragraph: string): string[] {
  return paragraph.split(/(?<=[.!?])\s+(?=[A-Z"(])/).filter(sentence => sentence.trim() !== '')
}
