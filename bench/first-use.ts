/**
 * What somebody meets who opens the built page for the first time and drops a folder: seconds until the model is there,
 * until the first document and until all documents can be found, the longest time that the page stood still, and
 * milliseconds from a key stroke to painted results. `npx tsx bench/first-use.ts --files 500 --bytes 5000000 [--folder DIR]`
 */
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { spawnSync } from 'node:child_process'
import { parseArgs } from 'node:util'
import { chromium, type Page } from 'playwright'
import { findSystemBrowser } from '../tools/ensure-browser.mjs'
import { serve } from '../tools/serve.mjs'

const { values } = parseArgs({
  options: {
    files: { type: 'string', default: '500' },
    bytes: { type: 'string', default: '5000000' },
    /** Documents of one's own instead of generated ones. */
    folder: { type: 'string' },
    query: {
      type: 'string',
      multiple: true,
      default: ['keeping bread fresh', 'how to configure the network'],
    },
    json: { type: 'string' },
  },
})

interface Measured {
  readonly files: number
  readonly megabytes: number
  readonly modelReadySeconds: number
  readonly firstDocumentSeconds: number
  readonly allDocumentsSeconds: number
  readonly longestTaskMs: number
  readonly tasksOver50Ms: number
  readonly keyToPaintMs: { readonly p50: number; readonly p95: number }
  readonly reopenedSeconds: number
}

const made = values.folder === undefined ? mkdtempSync(join(tmpdir(), 'belfry-bench-')) : undefined
const folder = values.folder ?? join(made ?? '', 'documents')
if (made !== undefined) makeCollection(folder)
const server = await serve({ port: 0 })
try {
  const measured = await measure(folder)
  console.log(toTable(measured))
  if (values.json !== undefined) writeFileSync(values.json, JSON.stringify(measured, undefined, 2))
} finally {
  await server.close()
  if (made !== undefined) rmSync(made, { recursive: true })
}

function makeCollection(out: string): void {
  const { files, bytes } = values
  const args = ['tools/make-collection.mjs', '--out', out, '--files', files, '--bytes', bytes, '--seed', '1']
  const { status } = spawnSync(process.execPath, args, { stdio: 'inherit' })
  if (status !== 0) throw new Error(`expected a collection in ${out}, got exit code ${status}`)
}

async function measure(documents: string): Promise<Measured> {
  const paths = filesBelow(documents)
  const executablePath = findSystemBrowser()?.path
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  try {
    const page = await browser.newPage()
    await page.addInitScript(watchLongTasks)
    const opened = performance.now()
    await page.goto(server.address)
    await page.getByText(/(WASM|WebGPU)/).waitFor({ timeout: 120_000 })
    const modelReadySeconds = secondsSince(opened)
    await page.evaluate('longTasks.length = 0')
    const dropped = performance.now()
    await page.getByLabel('Add a folder').setInputFiles(documents)
    await page.getByText(/^[1-9][\d,]*( of [\d,]+)? documents?/).waitFor({ timeout: 120_000 })
    const firstDocumentSeconds = secondsSince(dropped)
    await page
      .getByText(/^Added|searchable/)
      .first()
      .waitFor({ timeout: 600_000 })
    await page
      .getByRole('progressbar', { name: 'Adding documents' })
      .waitFor({ state: 'hidden', timeout: 600_000 })
    const allDocumentsSeconds = secondsSince(dropped)
    const tasks = await page.evaluate<number[]>('longTasks')
    const keys = await keyToPaint(page)
    const reopened = performance.now()
    await page.reload()
    await page.getByRole('searchbox', { name: 'Search' }).fill(values.query[0] ?? '')
    await page.getByRole('list', { name: 'Results' }).waitFor({ timeout: 120_000 })
    return {
      files: paths.length,
      megabytes: paths.reduce((sum, path) => sum + statSync(path).size, 0) / 1e6,
      modelReadySeconds,
      firstDocumentSeconds,
      allDocumentsSeconds,
      longestTaskMs: Math.max(0, ...tasks),
      tasksOver50Ms: tasks.length,
      keyToPaintMs: { p50: quantile(keys, 0.5), p95: quantile(keys, 0.95) },
      reopenedSeconds: secondsSince(reopened),
    }
  } finally {
    await browser.close()
  }
}

function watchLongTasks(): void {
  const longTasks: number[] = []
  Object.assign(window, { longTasks })
  new PerformanceObserver(list => {
    for (const entry of list.getEntries()) longTasks.push(entry.duration)
  }).observe({ type: 'longtask', buffered: true })
}

/** For every key stroke of every query, milliseconds until the frame after its own results are in the page. */
async function keyToPaint(page: Page): Promise<number[]> {
  const field = page.getByRole('searchbox', { name: 'Search' })
  const times: number[] = []
  for (const query of values.query) {
    await field.fill('')
    for (const key of query) {
      await page.evaluate(armPaintClock)
      await field.press(key === ' ' ? 'Space' : key)
      times.push(await page.evaluate<number>('paintClock'))
    }
  }
  return times
}

/** Starts with the next input event, ends with the frame that follows the change of the status line or the results. */
function armPaintClock(): void {
  const paintClock = new Promise<number>(resolve => {
    addEventListener(
      'input',
      () => {
        const began = performance.now()
        const observer = new MutationObserver(() => {
          if (document.querySelector('ol[aria-label="Results"]')?.closest('[inert]') !== null) return
          observer.disconnect()
          requestAnimationFrame(() => setTimeout(() => resolve(performance.now() - began)))
        })
        observer.observe(document.body, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        })
        setTimeout(() => resolve(Number.NaN), 3000)
      },
      { once: true, capture: true },
    )
  })
  Object.assign(window, { paintClock })
}

function filesBelow(path: string): string[] {
  return readdirSync(path, { withFileTypes: true, recursive: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
}

function secondsSince(began: number): number {
  return (performance.now() - began) / 1000
}

function quantile(numbers: readonly number[], q: number): number {
  const sorted = numbers.filter(number => !Number.isNaN(number)).toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? Number.NaN
}

function toTable(measured: Measured): string {
  const { keyToPaintMs, ...rest } = measured
  const rows = { ...rest, keyToPaintP50Ms: keyToPaintMs.p50, keyToPaintP95Ms: keyToPaintMs.p95 }
  const lines = Object.entries(rows).map(([name, value]) => `| ${name} | ${Number(value.toFixed(2))} |`)
  return ['| measured | value |', '| --- | ---: |', ...lines].join('\n')
}
