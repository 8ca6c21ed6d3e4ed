/**
 * Passages of a hundred words that the shipped model reads in a second, in headless Chromium, through the worker that the
 * app uses. `npx tsx bench/encoding.ts [--passages 4000] [--rounds 5] [--text FILE]`; without a text, generated English.
 */
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { gunzipSync } from 'node:zlib'
import { chromium } from 'playwright'
import { createServer } from 'vite'
import { createWriter } from '../tools/collection-text.mjs'
import { findSystemBrowser } from '../tools/ensure-browser.mjs'
import type { EncodingBench, EncodingTimes } from './encoding-page.ts'

const WORDS = 100

const { values } = parseArgs({
  options: {
    passages: { type: 'string', default: '4000' },
    rounds: { type: 'string', default: '5' },
    text: { type: 'string' },
  },
})

const passages = passagesOf(wordsOf(values.text), Number(values.passages))
const times = await measureInBrowser(passages, Number(values.rounds))
const rates = times.seconds.map(seconds => passages.length / seconds).toSorted((a, b) => a - b)
const median = rates[Math.floor(rates.length / 2)] ?? 0
console.log(
  `${passages.length} passages of ${WORDS} words, ${times.dimension} dimensions, ${times.backend}, ${times.threads} threads: ` +
    `${Math.round(median)} passages/s (median of ${rates.length} rounds, best ${Math.round(rates.at(-1) ?? 0)})`,
)

function wordsOf(file: string | undefined): string[] {
  if (file === undefined) return createWriter(1).document(1_000_000).toMarkdown().split(/\s+/)
  const bytes = readFileSync(file)
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8').split(/\s+/)
}

/** Windows of the words, from the start again when they end. */
function passagesOf(words: readonly string[], count: number): string[] {
  if (words.length < WORDS) throw new Error(`expected at least ${WORDS} words, got ${words.length}`)
  const places = Math.floor(words.length / WORDS)
  return Array.from({ length: count }, (_, i) => {
    const start = (i % places) * WORDS
    return words.slice(start, start + WORDS).join(' ')
  })
}

async function measureInBrowser(texts: readonly string[], rounds: number): Promise<EncodingTimes> {
  const server = await createServer({ logLevel: 'error', server: { port: 0 } })
  const executablePath = findSystemBrowser()?.path
  const browser = await chromium.launch(executablePath === undefined ? {} : { executablePath })
  try {
    await server.listen()
    const page = await browser.newPage()
    await page.goto(new URL('bench/encoding.html', server.resolvedUrls?.local[0]).href)
    await page.waitForFunction('typeof measureEncoding === "function"')
    return await page.evaluate(
      ([texts, rounds]) => (globalThis as unknown as EncodingBench).measureEncoding(texts, rounds),
      [texts, rounds] as const,
    )
  } finally {
    await browser.close()
    await server.close()
  }
}
