/** A picture of a run: its loss, step by step, as an SVG of its own. */

export interface RunPoint {
  readonly step: number
  readonly loss: number
}

const SIZE = { width: 720, height: 360, margin: 48 }
const TICKS = 5

/** Steps that the mean is taken over: single batches are of sources too different to be read. */
const SMOOTHED = 50

/** @throws Error when there is no point. */
export function plotRun(points: readonly RunPoint[], title: string): string {
  const last = points.at(-1)
  if (last === undefined) throw new Error('expected a run of at least one step, got none')
  const smooth = smoothed(points)
  const largest = Math.max(...smooth.map(({ loss }) => loss))
  const { width, height, margin } = SIZE
  const x = (step: number): number => margin + ((width - 2 * margin) * step) / last.step
  const y = (loss: number): number => height - margin - ((height - 2 * margin) * loss) / largest
  const line = smooth.map(({ step, loss }) => `${x(step).toFixed(1)},${y(loss).toFixed(1)}`).join(' ')
  const ticks = Array.from({ length: TICKS + 1 }, (_, i) => i / TICKS)
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="12">`,
    `<rect width="${width}" height="${height}" fill="white"/>`,
    `<text x="${margin}" y="24">${escape(title)}</text>`,
    ...ticks.map(part => label(x(part * last.step), height - margin + 18, 'middle', round(part * last.step))),
    ...ticks.map(part => label(margin - 8, y(part * largest) + 4, 'end', (part * largest).toFixed(2))),
    `<path d="M${margin} ${margin}V${height - margin}H${width - margin}" fill="none" stroke="#888"/>`,
    `<polyline points="${line}" fill="none" stroke="#0b62c4" stroke-width="1.5"/>`,
    '</svg>',
    '',
  ].join('\n')
}

/** Means over the steps up to each. */
function smoothed(points: readonly RunPoint[]): RunPoint[] {
  let sum = 0
  return points.map(({ step, loss }, i) => {
    sum += loss - (points[i - SMOOTHED]?.loss ?? 0)
    return { step, loss: sum / Math.min(i + 1, SMOOTHED) }
  })
}

function label(x: number, y: number, anchor: string, text: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text}</text>`
}

function round(value: number): string {
  return String(Math.round(value))
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
