/** What a slide shows at one place. */
export interface Shape {
  /** Its place in the layout, `title` or another; empty for what has none. */
  readonly place: string
  readonly text: string
}

/** Of a line that may be the title of a slide that has no place for one. UTF-16 units. */
const LONGEST_TITLE = 120
const TITLES: ReadonlySet<string> = new Set(['title', 'ctrTitle'])

/** What stands in the place for titles; on slides without such a place, the first text if it is a short line. */
export function titleOf(shapes: readonly Shape[]): Shape | undefined {
  const placed = shapes.find(({ place }) => TITLES.has(place))
  if (placed !== undefined) return placed
  const [first] = shapes
  const isLine = first?.place === '' && !/\n/.test(first.text) && first.text.length <= LONGEST_TITLE
  return isLine && shapes.length > 1 ? first : undefined
}
