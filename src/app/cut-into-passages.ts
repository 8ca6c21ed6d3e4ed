import type { Extraction, Passage } from '../core/document.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import { measureInTokens, runsOf, tokenLimits } from '../core/text/measure-tokens.ts'
import { splitIntoPassages } from '../core/text/split-into-passages.ts'

/** Passages of which the document tower reads every word; measured in words where it does not say what it reads. */
export async function cutIntoPassages(extraction: Extraction, encoder: Encoder): Promise<Passage[]> {
  const { maxTokens } = await encoder.info()
  if (maxTokens === undefined || encoder.countTokens === undefined) return splitIntoPassages(extraction)
  const runs = runsOf(extraction.text)
  const counts = await encoder.countTokens(runs.words)
  const measure = measureInTokens(extraction.text, runs, counts)
  return splitIntoPassages(extraction, tokenLimits(maxTokens), measure)
}
