import type { LibraryDocument, NewDocument } from './document.ts'
import { sameCut } from './passage-settings.ts'

/** Whether the passages of a document that is stored again are those that it had, so that their keys stay. */
export function keepsKeys(
  before: Pick<LibraryDocument, 'passageCount' | 'cut'>,
  now: Pick<NewDocument, 'passageCount' | 'cut'>,
): boolean {
  return before.passageCount === now.passageCount && sameCut(before.cut, now.cut)
}
