/** What a file says about itself, as pdf.js gives it. */
export interface PdfMetadata {
  readonly info: Readonly<Record<string, unknown>>
  /** A property of its XMP packet. */
  readonly property: (name: string) => unknown
}

export interface PdfDescription {
  readonly title: string | undefined
  readonly authors: readonly string[]
  readonly writtenAt: number | undefined
}

const JUNK_TITLE =
  /^(?:untitled|unbenannt|sans titre|document\d*|dokument\d*|doc\d+|layout \d+|slide \d+|presentation\d*|powerpoint[- ]pr\S*|microsoft (?:word|powerpoint|excel)\b.*|print|title|no title|scan\S*|img[_ -]?\d+|\(.*\)|.*\.(?:docx?|pptx?|xlsx?|pdf|tex|dvi|indd|qxd|odt|rtf|ps|html?|txt|fm|pmd|cdr|ai|wpd|tmp))$/i
const JUNK_AUTHOR =
  /^(?:user|users?\d*|admin\w*|owner|unknown|root|author|pc|default|anonymous|windows\b.*|microsoft\b.*|hp|none|\(.*\))$/i

/** Title, authors and date; titles that a program made up are left out. */
export function describePdf({ info, property }: PdfMetadata): PdfDescription {
  const titles = [property('dc:title'), info['Title']].map(tidy)
  const creators = property('dc:creator')
  const names =
    Array.isArray(creators) && creators.length > 1 ? creators.map(tidy) : splitNames(tidy(info['Author']))
  return {
    title: titles.find(title => title.length > 1 && !JUNK_TITLE.test(title) && /[\p{L}\p{N}]/u.test(title)),
    authors: names.filter(name => name !== '' && name.length <= 100 && !JUNK_AUTHOR.test(name)).slice(0, 50),
    writtenAt: parsePdfDate(tidy(info['CreationDate'])) ?? parsePdfDate(tidy(info['ModDate'])),
  }
}

function tidy(value: unknown): string {
  return typeof value === 'string'
    ? value
        .slice(0, 2000)
        .replace(/[\s\0]+/g, ' ')
        .trim()
    : ''
}

/** A comma parts names only where both sides have two words: `Doe, Jane` is one person. */
function splitNames(text: string): string[] {
  const parts = text.split(/\s*;\s*|\s+(?:and|&|und|et)\s+/)
  return parts.flatMap(part => {
    const names = part.split(/\s*,\s*/)
    return names.every(name => name.includes(' ')) ? names : [part]
  })
}

/** `D:20240131120000+01'00'`, parts missing from the end, as milliseconds since the epoch (ISO 32000-1, 7.9.4). */
export function parsePdfDate(text: string): number | undefined {
  const match = /^(?:D:)?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?\s*(?:([-+Z])(\d\d)?'?(\d\d)?)?/.exec(text)
  if (match === null) return undefined
  const number = (index: number, missing: number) =>
    match[index] === undefined ? missing : Number(match[index])
  const year = number(1, 0)
  if (year < 1950 || year > 2200) return undefined
  const local = Date.UTC(year, number(2, 1) - 1, number(3, 1), number(4, 0), number(5, 0), number(6, 0))
  const offset = (number(8, 0) * 60 + number(9, 0)) * 60_000
  return match[7] === '-' ? local + offset : match[7] === '+' ? local - offset : local
}
