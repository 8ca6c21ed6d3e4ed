import type { Extraction, Passage } from '../core/document.ts'
import { DEFAULT_PASSAGES, type PassageSettings } from '../core/passage-settings.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import { measureInTokens, runsOf, tokenLimits } from '../core/text/measure-tokens.ts'
import { overlapPassages } from '../core/text/overlap-passages.ts'
import { splitIntoPassages } from '../core/text/split-into-passages.ts'

/**
 * Passages of which the document tower reads every word. Where it does not say what it reads, they are measured in words,
 * and there is nothing to choose.
 */
export async function cutIntoPassages(
  extraction: Extraction,
  encoder: Encoder,
  settings: PassageSettings = DEFAULT_PASSAGES,
): Promise<Passage[]> {
  const { maxTokens } = await encoder.info()
  if (maxTokens === undefined || encoder.countTokens === undefined) return splitIntoPassages(extraction)
  const { text } = extraction
  const runs = runsOf(text)
  const measure = measureInTokens(text, runs, await encoder.countTokens(runs.words))
  const limits = tokenLimits(maxTokens, settings)
  const passages = splitIntoPassages(extraction, limits, measure)
  return limits.overlap === 0 ? passages : overlapPassages(text, passages, limits.overlap, measure)
}
