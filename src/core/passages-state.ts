import type { PassageSettings } from './passage-settings.ts'

/** How documents are cut into passages, as the page shows it. */
export interface PassagesState {
  readonly settings: PassageSettings
  /** Tokens of a passage, at most, for each size; missing while there is no model, or where it does not say what it reads. */
  readonly tokens: Readonly<Record<PassageSettings['size'], number>> | undefined
  /** Documents that were cut again, of all that were cut otherwise. */
  readonly running: { readonly done: number; readonly total: number } | undefined
  /** Why cutting again has stopped; a sentence. */
  readonly trouble: string | undefined
}
