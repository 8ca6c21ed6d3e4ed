/** Brings results into the documentation: numbers and pictures beside it, tables between two marks of its page. */
import { copyFileSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { BenchmarkResults } from '../results.ts'
import { barsTable } from './bars.ts'
import { recallChart, sizeChart } from './charts.ts'
import { resultTables } from './result-tables.ts'

const PAGE = 'docs/benchmarks.md'
const FOLDER = 'docs/benchmarks'
export const MARKS = [
  '<!-- measured: written by npm run bench -- --write-docs -->',
  '<!-- end of measured -->',
] as const

/** @param results Files to take in; what was taken in before stays where there is nothing newer. */
export function writeDocs(results: readonly string[]): void {
  mkdirSync(FOLDER, { recursive: true })
  for (const path of results) copyFileSync(path, join(FOLDER, basename(path)))
  const all = readdirSync(FOLDER)
    .filter(name => name.endsWith('.json'))
    .map(name => JSON.parse(readFileSync(join(FOLDER, name), 'utf8')) as BenchmarkResults)
    .toSorted((a, b) => b.dimension - a.dimension || a.passages - b.passages)
  const pictures = drawAll(all)
  for (const [name, svg] of pictures) writeFileSync(join(FOLDER, name), svg)
  const page = readFileSync(PAGE, 'utf8')
  writeFileSync(PAGE, betweenMarks(page, documentationOf(all, [...pictures.keys()])))
}

function drawAll(all: readonly BenchmarkResults[]): Map<string, string> {
  const pictures = new Map<string, string>()
  for (const dimension of new Set(all.map(results => results.dimension))) {
    const svg = sizeChart(all, dimension)
    if (svg !== undefined) pictures.set(`latency-by-size-${dimension}.svg`, svg)
  }
  for (const results of all) {
    const svg = recallChart(results)
    if (svg !== undefined) pictures.set(`recall-${results.passages}x${results.dimension}.svg`, svg)
  }
  return pictures
}

function documentationOf(all: readonly BenchmarkResults[], pictures: readonly string[]): string {
  const sizes = pictures.filter(name => name.startsWith('latency')).map(name => imageOf(name, 'time by size'))
  const parts = all.flatMap(results => {
    const picture = `recall-${results.passages}x${results.dimension}.svg`
    const image = pictures.includes(picture) ? [imageOf(picture, 'recall against time')] : []
    return [resultTables(results), ...image]
  })
  return ['### Bars', barsTable(all), ...sizes, ...parts].join('\n\n')
}

function imageOf(name: string, alternative: string): string {
  return `![${alternative}](benchmarks/${name})`
}

/** @throws Error when the page has lost its marks. */
export function betweenMarks(page: string, content: string): string {
  const [first, last] = MARKS
  const [start, end] = [page.indexOf(first), page.indexOf(last)]
  if (start < 0 || end < start)
    throw new Error(`expected ${first} and then ${last} in the page, found neither or one`)
  return `${page.slice(0, start + first.length)}\n\n${content}\n\n${page.slice(end)}`
}
