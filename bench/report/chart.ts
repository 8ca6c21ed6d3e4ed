/** Lines in a picture, as an SVG of its own that can be read on light and on dark ground. */

export interface ChartSeries {
  readonly name: string
  /** Above 0 where the axis counts in powers of ten. */
  readonly points: readonly (readonly [x: number, y: number])[]
}

export interface ChartAxis {
  readonly name: string
  /** Whether equal ways are equal factors. */
  readonly isLogarithmic: boolean
}

export interface Chart {
  readonly title: string
  readonly x: ChartAxis
  readonly y: ChartAxis
  readonly series: readonly ChartSeries[]
}

const SIZE = { width: 760, height: 400, left: 64, right: 210, top: 44, bottom: 48 }
const RIGHT_EDGE = SIZE.width - SIZE.right
const LOWER_EDGE = SIZE.height - SIZE.bottom
const TICKS = 5
/** Rows of names at the side. */
const LEGEND_STEP = 18

/** Lines differ in colour and in dashes, for those who cannot tell colours. */
const LOOKS: readonly (readonly [light: string, dark: string, dashes: string])[] = [
  ['#0b62c4', '#7ab8ff', ''],
  ['#b45309', '#f5b462', '6 3'],
  ['#047857', '#4fd1a5', '2 3'],
  ['#9d174d', '#f48fb1', '8 3 2 3'],
  ['#5b21b6', '#c4a7ff', '4 2'],
  ['#525252', '#b8bcc4', '1 3'],
  ['#0e7490', '#67d3e6', '10 4'],
  ['#854d0e', '#d9b25f', '3 5'],
  ['#b91c1c', '#ff9a92', '12 3 3 3'],
]

/** @throws Error when there is no point to draw. */
export function drawChart({ title, x, y, series }: Chart): string {
  const points = series.flatMap(one => one.points)
  if (points.length === 0) throw new Error('expected a chart of at least one point, got none')
  const across = scale(
    x,
    points.map(([value]) => value),
    SIZE.left,
    RIGHT_EDGE,
  )
  const up = scale(
    y,
    points.map(([, value]) => value),
    LOWER_EDGE,
    SIZE.top,
  )
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${SIZE.width} ${SIZE.height}" font-family="sans-serif" font-size="12">`,
    `<style>${style(series.length)}</style>`,
    `<rect class="ground" width="${SIZE.width}" height="${SIZE.height}"/>`,
    text(SIZE.left, 22, 'start', title),
    `<path class="axis" d="M${SIZE.left} ${SIZE.top}V${LOWER_EDGE}H${RIGHT_EDGE}"/>`,
    ...across.ticks.map(value => text(across.at(value), LOWER_EDGE + 18, 'middle', tick(value))),
    ...up.ticks.map(value => text(SIZE.left - 8, up.at(value) + 4, 'end', tick(value))),
    text((SIZE.left + RIGHT_EDGE) / 2, SIZE.height - 10, 'middle', x.name),
    text(SIZE.left, SIZE.top - 8, 'start', y.name),
    ...series.flatMap((one, i) => drawSeries(one, i, across.at, up.at)),
    '</svg>',
    '',
  ].join('\n')
}

interface Scale {
  at(value: number): number
  readonly ticks: readonly number[]
}

function scale({ isLogarithmic }: ChartAxis, values: readonly number[], from: number, to: number): Scale {
  const [least, most] = isLogarithmic ? decadesAround(values) : roundAround(values)
  const place = (value: number) => (isLogarithmic ? Math.log10(value) : value)
  const share = (value: number) => (place(value) - place(least)) / (place(most) - place(least))
  const ticks = isLogarithmic
    ? Array.from({ length: Math.round(Math.log10(most / least)) + 1 }, (_, i) => least * 10 ** i)
    : Array.from({ length: TICKS + 1 }, (_, i) => least + ((most - least) * i) / TICKS)
  return { at: value => from + (to - from) * share(value), ticks }
}

function decadesAround(values: readonly number[]): [least: number, most: number] {
  const low = Math.floor(Math.log10(Math.min(...values)))
  return [10 ** low, 10 ** Math.max(low + 1, Math.ceil(Math.log10(Math.max(...values))))]
}

/** To tenths of the range's power of ten. */
function roundAround(values: readonly number[]): [least: number, most: number] {
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const step = 10 ** Math.floor(Math.log10(Math.max(high - low, 1e-3)))
  const least = Math.floor(low / step) * step
  const most = Math.ceil(high / step) * step
  return [least, most > least ? most : least + step]
}

function drawSeries(
  { name, points }: ChartSeries,
  look: number,
  x: (value: number) => number,
  y: (value: number) => number,
): string[] {
  const places = points.map(([a, b]) => [x(a).toFixed(1), y(b).toFixed(1)] as const)
  const row = SIZE.top + look * LEGEND_STEP
  const left = RIGHT_EDGE + 16
  return [
    `<polyline class="line l${look % LOOKS.length}" points="${places.map(place => place.join(',')).join(' ')}"/>`,
    ...places.map(([cx, cy]) => `<circle class="dot d${look % LOOKS.length}" cx="${cx}" cy="${cy}" r="3"/>`),
    `<path class="line l${look % LOOKS.length}" d="M${left} ${row}h24"/>`,
    text(left + 32, row + 4, 'start', name),
  ]
}

function style(count: number): string {
  const used = LOOKS.slice(0, Math.min(count, LOOKS.length))
  const colours = (dark: boolean) =>
    used.map((look, i) => `.l${i}{stroke:${look[dark ? 1 : 0]}}.d${i}{fill:${look[dark ? 1 : 0]}}`).join('')
  const dashes = used
    .map(([, , pattern], i) => (pattern === '' ? '' : `.l${i}{stroke-dasharray:${pattern}}`))
    .join('')
  return [
    '.ground{fill:#fff}.axis{stroke:#767676;fill:none}text{fill:#333}.line{fill:none;stroke-width:1.5}',
    colours(false),
    dashes,
    `@media(prefers-color-scheme:dark){.ground{fill:#16181d}.axis{stroke:#8b8f98}text{fill:#d6d8dc}${colours(true)}}`,
  ].join('\n')
}

function tick(value: number): string {
  return String(Number(value.toPrecision(3)))
}

function text(x: number, y: number, anchor: string, content: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escape(content)}</text>`
}

function escape(content: string): string {
  return content.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
