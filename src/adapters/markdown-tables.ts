import { Tokenizer } from 'marked'

/**
 * marked's tokenizer, but for tables whose rows lack most of their cells: marked fills those up, and a few kilobytes of
 * `|` would take gigabytes. They are read as paragraphs.
 */
export function createCarefulTokenizer(): Tokenizer {
  const tokenizer = new Tokenizer()
  const table = tokenizer.table.bind(tokenizer)
  tokenizer.table = source => (wouldExplode(source) ? undefined : table(source))
  return tokenizer
}

/** A written cell takes at least two characters, so a table with more cells than characters is mostly filling. */
function wouldExplode(source: string): boolean {
  const first = source.indexOf('\n')
  const second = source.indexOf('\n', first + 1)
  if (first < 0 || second < 0) return false
  const delimiters = source.slice(first + 1, second)
  if (!/^[ \t|:-]+$/.test(delimiters)) return false
  const columns = delimiters.split('|').length
  const blank = source.indexOf('\n\n', second)
  const rows = source.slice(second, blank < 0 ? undefined : blank)
  return columns > 20 && columns * (rows.split('\n').length - 1) > rows.length + 1000
}
