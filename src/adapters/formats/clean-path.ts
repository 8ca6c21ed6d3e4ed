import { normaliseLine } from '../../core/text/normalise-text.ts'

/** UTF-16 units. File systems allow 255 bytes for a name; a path that is longer than this is nobody's. */
const LONGEST_NAME = 255
const LONGEST_PATH = 2000

/**
 * A path from a stranger, as it may be shown and compared: separated by `/`, below its folder. What leads elsewhere is
 * dropped (`..`, a leading `/`, a drive), and so is what cannot be seen (control characters, direction marks). Empty when
 * nothing is left.
 */
export function cleanPath(path: string): string {
  return path
    .slice(0, LONGEST_PATH)
    .replace(/\\/g, '/')
    .replace(/^[A-Za-z]:/, '')
    .split('/')
    .map(name => normaliseLine(name).slice(0, LONGEST_NAME).trim())
    .filter(name => name !== '' && name !== '.' && name !== '..')
    .join('/')
}
