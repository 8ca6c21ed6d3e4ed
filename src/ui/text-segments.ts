import type { Span } from '../core/ranking/answer.ts'

/** A stretch of a text and which marks lie over it. */
export interface Segment<Mark extends string> {
  readonly start: number
  readonly end: number
  readonly marks: ReadonlySet<Mark>
}

export type Marks<Mark extends string> = Readonly<Record<Mark, readonly Span[]>>

/** Cuts `[from, to)` wherever a mark begins or ends. Marks may overlap and reach beyond the range. */
export function segmentsOf<Mark extends string>(
  { start: from, end: to }: Span,
  marks: Marks<Mark>,
): Segment<Mark>[] {
  const names = Object.keys(marks) as Mark[]
  const cuts = new Set([from, to])
  for (const name of names) {
    for (const { start, end } of marks[name]) {
      if (start > from && start < to) cuts.add(start)
      if (end > from && end < to) cuts.add(end)
    }
  }
  const points = [...cuts].toSorted((a, b) => a - b)
  return points.slice(1).map((end, i) => {
    const start = points[i] ?? from
    const covering = names.filter(name => marks[name].some(span => span.start <= start && span.end >= end))
    return { start, end, marks: new Set(covering) }
  })
}
