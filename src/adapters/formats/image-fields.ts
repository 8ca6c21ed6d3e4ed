/** What an image says of itself; empty where it says nothing. */
export interface ImageFields {
  readonly title: string
  readonly caption: string
  readonly keywords: readonly string[]
  /** In words: street, city, country. */
  readonly place: string
  /** In degrees. */
  readonly position: string
  /** As the file writes it. */
  readonly date: string
  readonly camera: string
  readonly authors: readonly string[]
  /** Other texts that a person wrote: comments, alternative texts. */
  readonly other: readonly string[]
}

type Group = Readonly<Record<string, unknown>>

/** UTF-16 units of one text. */
const LONGEST = 20_000
const MOST_KEYWORDS = 200
/** What cameras and programs write by themselves. */
const NOT_WRITTEN =
  /^(?:olympus digital camera|digital camera|samsung|minolta digital camera|konica minolta|sony dsc|dcim|dsc[_-]?\d*|img[_-]?\d*|untitled|screenshot|default|charset=.*|created with .{0,60}|lead technologies.{0,80}|ascii|binary comment|optimized by .{0,40})$/i

/** Reads what the image says of itself, and never its picture. `undefined` when it cannot be understood. */
export async function imageFields(bytes: ArrayBuffer): Promise<ImageFields | undefined> {
  try {
    const { load } = await import('exifreader')
    const tags = await load(bytes, { expanded: true, async: true, computed: false })
    return fieldsOf(tags as Group)
  } catch {
    return undefined
  }
}

function fieldsOf(tags: Group): ImageFields {
  const of = (group: string) => (name: string) => textOf(groupOf(tags, group)[name])
  const [exif, iptc, xmp, png] = [of('exif'), of('iptc'), of('xmp'), of('pngText')]
  const names = [iptc('Sub-location'), xmp('Location'), iptc('City') || xmp('City')]
  const wide = [
    iptc('Province/State') || xmp('State'),
    iptc('Country/Primary Location Name') || xmp('Country'),
  ]
  const title = first(
    iptc('Object Name'),
    xmp('title'),
    exif('XPTitle'),
    iptc('Headline'),
    xmp('Headline'),
    png('Title'),
  )
  const said = [
    iptc('Caption/Abstract'),
    xmp('description'),
    exif('ImageDescription'),
    exif('XPSubject'),
    png('Description'),
  ]
  const caption = first(...said)
  const comments = [
    exif('UserComment'),
    exif('XPComment'),
    png('Comment'),
    xmp('AltTextAccessibility'),
    commentOf(tags),
  ]
  const [make, model] = [exif('Make'), exif('Model')]
  const dates = [
    exif('DateTimeOriginal'),
    xmp('DateTimeOriginal'),
    iptc('Date Created'),
    xmp('DateCreated'),
    exif('DateTime'),
  ]
  return {
    title,
    caption,
    keywords: keywordsOf(tags),
    place: [...new Set([...names, ...wide].filter(Boolean))].join(', '),
    position: positionOf(groupOf(tags, 'gps')),
    date: first(...dates, png('Creation Time')),
    camera: model.startsWith(make) ? model : `${make} ${model}`.trim(),
    authors: [
      ...new Set([first(iptc('By-line'), xmp('creator'), exif('Artist'), png('Author'))].filter(Boolean)),
    ],
    other: [...new Set(comments)].filter(text => text !== '' && text !== caption && text !== title),
  }
}

function first(...texts: readonly string[]): string {
  return texts.find(text => text !== '') ?? ''
}

function groupOf(tags: Group, name: string): Group {
  const group = tags[name]
  return typeof group === 'object' && group !== null ? (group as Group) : {}
}

function commentOf(tags: Group): string {
  return textOf(groupOf(tags, 'file')['Comment']) || textOf(groupOf(tags, 'gif')['Comment'])
}

/** What a person may have written; empty for what a program writes by itself. */
function textOf(tag: unknown): string {
  const text = cleaned(descriptionOf(tag))
  return NOT_WRITTEN.test(text) ? '' : text
}

function descriptionOf(tag: unknown): string {
  if (Array.isArray(tag)) return tag.map(descriptionOf).filter(Boolean).join(', ')
  if (typeof tag !== 'object' || tag === null) return ''
  const { description, value } = tag as Group
  // In several languages, the first of them is the default.
  if (Array.isArray(value) && value.length > 0 && value.every(isTag)) {
    return value.map(descriptionOf).filter(Boolean).join(', ')
  }
  return typeof description === 'string' ? description : ''
}

function isTag(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'description' in value
}

function cleaned(text: string): string {
  const shown = text.slice(0, LONGEST).replace(/\0+/g, ' ').trim()
  return shown.startsWith('[') && shown.endsWith(']') && !/\p{L}{2}/u.test(shown) ? '' : shown
}

function keywordsOf(tags: Group): string[] {
  const [iptc, xmp, exif] = [
    groupOf(tags, 'iptc')['Keywords'],
    groupOf(tags, 'xmp')['subject'],
    groupOf(tags, 'exif')['XPKeywords'],
  ]
  const words = [iptc, xmp, exif].flatMap(tag => cleaned(descriptionOf(tag)).split(/\s*[,;]\s*/))
  return [...new Set(words.filter(Boolean))].slice(0, MOST_KEYWORDS)
}

function positionOf({ Latitude, Longitude }: Group): string {
  if (typeof Latitude !== 'number' || typeof Longitude !== 'number') return ''
  if (!Number.isFinite(Latitude) || !Number.isFinite(Longitude) || (Latitude === 0 && Longitude === 0))
    return ''
  return `${Latitude.toFixed(5)}, ${Longitude.toFixed(5)}`
}
