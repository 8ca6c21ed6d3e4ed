import { type Fields, oneOf } from './fields.ts'

/** How documents are cut into passages. */
export interface PassageSettings {
  readonly size: PassageSize
  /** How much of a passage the next one repeats. */
  readonly overlap: PassageOverlap
  /** Whether the headings above a passage are read with it. */
  readonly trail: boolean
}

export type PassageSize = 'short' | 'normal' | 'long'
export type PassageOverlap = 'none' | 'little' | 'much'

export const PASSAGE_SIZES = ['short', 'normal', 'long'] as const
export const PASSAGE_OVERLAPS = ['none', 'little', 'much'] as const

/** The published figures of the model are measured with these. */
export const DEFAULT_PASSAGES: PassageSettings = { size: 'normal', overlap: 'none', trail: true }

export function sameCut(
  one: PassageSettings = DEFAULT_PASSAGES,
  other: PassageSettings = DEFAULT_PASSAGES,
): boolean {
  return one.size === other.size && one.overlap === other.overlap && one.trail === other.trail
}

/** How a document's row says that it was cut so: not at all where nothing was changed. */
export function cutField(settings: PassageSettings): { readonly cut?: PassageSettings } {
  return sameCut(settings) ? {} : { cut: settings }
}

/** @throws Error with what was expected and what came. */
export function passageSettingsOf({ size, overlap, trail }: Fields): PassageSettings {
  return {
    size: oneOf(size, 'size', PASSAGE_SIZES),
    overlap: oneOf(overlap, 'overlap', PASSAGE_OVERLAPS),
    trail: trail !== false,
  }
}
