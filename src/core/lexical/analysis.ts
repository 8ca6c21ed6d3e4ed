/** What the words of an index depend on, beside its texts. */
import { wordSpans } from './tokenise.ts'

/**
 * Raised with every change by which a text gives other terms: to the tokeniser, the folding, the stemmers, the stop words,
 * or the guessing of languages. Words that were saved under another number are made again from the texts.
 */
export const ANALYSIS = 1

/** Browsers cut the scripts without spaces by dictionaries of their own: Thai, Lao, Khmer and Burmese. */
const WITHOUT_SPACES = [
  'ระฆังโบสถ์ดังไปทั่วหมู่บ้านในตอนเช้า',
  'ສຽງລະຄັງດັງໄປທົ່ວໝູ່ບ້ານໃນຕອນເຊົ້າ',
  'សំឡេងជួងលឺពេញភូមិនៅពេលព្រឹក',
  'မနက်ခင်းတွင်ခေါင်းလောင်းသံကိုရွာတစ်ရွာလုံးကြားရသည်',
]

/** Differs where texts give other terms: between analyses, and between browsers that cut words at other places. */
export function analysisName(): string {
  const lengths = WITHOUT_SPACES.map(text =>
    wordSpans(text).map(({ start, end }) => (end - start).toString(36)),
  )
  return `analysis ${ANALYSIS}, words of ${lengths.map(each => each.join('')).join('-')}`
}
