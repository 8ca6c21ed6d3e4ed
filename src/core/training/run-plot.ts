/** A picture of a run, as an SVG of its own: its loss, and how well it ranked where that was measured, over the steps. */

export interface RunPoint {
  readonly step: number
  readonly loss: number
  /** Measured behind this step. */
  readonly ndcg10?: number
}

const SIZE = { width: 720, height: 360, margin: 56 }
const TICKS = 5

/** Steps that the mean is taken over: single batches are of sources too different to be read. */
const SMOOTHED = 50

/** Readable on light and on dark ground; the two lines differ in lightness and in form as well. */
const STYLE = `
.ground{fill:#fff}.axis{stroke:#767676;fill:none}text{fill:#333}
.loss{stroke:#0b62c4;fill:none;stroke-width:1.5}.loss-text{fill:#0b62c4}
.ndcg{stroke:#b45309;fill:none;stroke-width:1.5;stroke-dasharray:5 3}.ndcg-text,.dot{fill:#b45309}
@media(prefers-color-scheme:dark){
.ground{fill:#16181d}.axis{stroke:#8b8f98}text{fill:#d6d8dc}
.loss{stroke:#7ab8ff}.loss-text{fill:#7ab8ff}
.ndcg{stroke:#f5b462}.ndcg-text,.dot{fill:#f5b462}}`

/** One of the two lines, with a vertical axis of its own from 0 up to a round number. */
interface Axis {
  readonly kind: 'loss' | 'ndcg'
  readonly name: string
  readonly x: number
  /** Where its numbers and its name stand. */
  readonly numbers: { readonly x: number; readonly anchor: string }
  readonly title: { readonly x: number; readonly anchor: string }
}

const LEFT: Axis = {
  kind: 'loss',
  name: `loss, mean of ${SMOOTHED}`,
  x: SIZE.margin,
  numbers: { x: SIZE.margin - 8, anchor: 'end' },
  title: { x: SIZE.margin - 8, anchor: 'start' },
}

const RIGHT: Axis = {
  kind: 'ndcg',
  name: 'NDCG@10, held out',
  x: SIZE.width - SIZE.margin,
  numbers: { x: SIZE.width - SIZE.margin + 8, anchor: 'start' },
  title: { x: SIZE.width - SIZE.margin + 8, anchor: 'end' },
}

/** @throws Error when there is no point. */
export function plotRun(points: readonly RunPoint[], title: string): string {
  const last = points.at(-1)
  if (last === undefined) throw new Error('expected a run of at least one step, got none')
  const losses = smoothed(points)
  const measured = points.flatMap(({ step, ndcg10 }) =>
    ndcg10 === undefined ? [] : [{ step, value: ndcg10 }],
  )
  const { width, height, margin } = SIZE
  const x = (step: number): number => margin + ((width - 2 * margin) * step) / last.step
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<style>${STYLE}</style>`,
    `<rect class="ground" width="${width}" height="${height}"/>`,
    `<text x="${margin}" y="22">${escape(title)}</text>`,
    `<path class="axis" d="M${margin} ${height - margin}H${width - margin}"/>`,
    ...stepTicks(last.step, x),
    text(width / 2, height - 12, 'middle', 'step'),
    ...drawLine(losses, LEFT, x),
    ...(measured.length === 0 ? [] : drawLine(measured, RIGHT, x)),
    '</svg>',
    '',
  ].join('\n')
}

interface Point {
  readonly step: number
  readonly value: number
}

function drawLine(
  points: readonly Point[],
  { kind, name, x: edge, numbers, title }: Axis,
  x: (step: number) => number,
): string[] {
  const { height, margin } = SIZE
  const top = topOf(points)
  const y = (value: number): number => height - margin - ((height - 2 * margin) * value) / top
  const line = points.map(({ step, value }) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`)
  const values = shares().map(part => part * top)
  return [
    `<path class="axis" d="M${edge} ${margin}V${height - margin}"/>`,
    ...values.map(value => text(numbers.x, y(value) + 4, numbers.anchor, tick(value), `${kind}-text`)),
    text(title.x, 44, title.anchor, name, `${kind}-text`),
    `<polyline class="${kind}" points="${line.join(' ')}"/>`,
    ...(kind === 'ndcg' ? points.map(point => dot(x(point.step), y(point.value))) : []),
  ]
}

function stepTicks(last: number, x: (step: number) => number): string[] {
  const steps = [...new Set(shares().map(part => Math.round(part * last)))]
  return steps.map(step => text(x(step), SIZE.height - SIZE.margin + 18, 'middle', String(step)))
}

/** The least of a few round numbers times a power of ten that no point is above. */
function topOf(points: readonly Point[]): number {
  const largest = Math.max(...points.map(({ value }) => value), 1e-9)
  const power = 10 ** Math.floor(Math.log10(largest))
  return ([1, 1.5, 2, 2.5, 3, 4, 5, 7.5].find(times => times * power >= largest) ?? 10) * power
}

/** Means over the steps up to each. */
function smoothed(points: readonly RunPoint[]): Point[] {
  let sum = 0
  return points.map(({ step, loss }, i) => {
    sum += loss - (points[i - SMOOTHED]?.loss ?? 0)
    return { step, value: sum / Math.min(i + 1, SMOOTHED) }
  })
}

function shares(): number[] {
  return Array.from({ length: TICKS + 1 }, (_, i) => i / TICKS)
}

function tick(value: number): string {
  return String(Number(value.toPrecision(3)))
}

function dot(x: number, y: number): string {
  return `<circle class="dot" cx="${x.toFixed(1)}" cy="${y.toFixed(1)}" r="2.5"/>`
}

function text(x: number, y: number, anchor: string, content: string, kind?: string): string {
  const style = kind === undefined ? '' : ` class="${kind}"`
  return `<text${style} x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escape(content)}</text>`
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
