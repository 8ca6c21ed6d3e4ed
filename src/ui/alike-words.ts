import type { LibraryDocument } from '../core/document.ts'
import { formatCount } from './numbers.ts'

/** "Nearly the same as Offer and 2 more" */
export function alikeWords(alike: readonly Pick<LibraryDocument, 'title'>[], locale?: string): string {
  const [first] = alike
  const more = alike.length > 1 ? ` and ${formatCount(alike.length - 1, locale)} more` : ''
  return `Nearly the same as ${first?.title}${more}`
}
