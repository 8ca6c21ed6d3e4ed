import { execFile } from 'node:child_process'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { gzipSync } from 'node:zlib'
import { expect, type Page, test } from '@playwright/test'
import { createWriter } from '../tools/collection-text.mjs'
import { addNotes, bestTitle, expectDocuments, openBelfry } from './belfry.ts'

const DOCUMENTS = 400
const WAYS = [
  ['Words', 'bm25'],
  ['Meaning', 'dense'],
  ['Both', 'hybrid'],
] as const

/** Invented prose in BEIR's layout: a query is every third word of a sentence, and its document is the answer. */
async function writeSet(folder: string): Promise<void> {
  const writer = createWriter(7)
  const documents = Array.from({ length: DOCUMENTS }, (_, i) => {
    const document = writer.document(600)
    return { _id: `d${i}`, title: document.slug.replaceAll('-', ' '), text: document.toMarkdown() }
  })
  const asked = documents.filter((_, i) => i % 10 === 0)
  const queries = asked.map(({ _id, text }) => {
    const words = (text.split('\n\n').at(1) ?? text).split(' ').slice(0, 24)
    return { _id: `q-${_id}`, text: words.filter((_, i) => i % 3 === 0).join(' ') }
  })
  const qrels = asked.map(({ _id }, i) => `q-${_id}\t${_id}\t2\nq-${_id}\td${i * 10 + 1}\t1`)
  await mkdir(join(folder, 'qrels'), { recursive: true })
  await writeFile(join(folder, 'corpus.jsonl.gz'), gzipSync(lines(documents)))
  await writeFile(join(folder, 'queries.jsonl'), lines(queries))
  await writeFile(join(folder, 'qrels/test.tsv'), `query-id\tcorpus-id\tscore\n${qrels.join('\n')}\n`)
}

function lines(rows: readonly object[]): string {
  return rows.map(row => `${JSON.stringify(row)}\n`).join('')
}

/** What `npm run evaluate` says about the folder: NDCG@10, MRR@10 and Recall@100 by way. */
async function scoresOfCommand(folder: string): Promise<Record<string, number[]>> {
  const json = `${folder}.json`
  await promisify(execFile)('npx', ['tsx', 'training/evaluate.ts', '--sets', folder, '--json', json])
  const [set] = (JSON.parse(await readFile(json, 'utf8')) as { sets: Record<string, object>[] }).sets
  return Object.fromEntries(WAYS.map(([, way]) => [way, Object.values(set?.[way] ?? {}) as number[]]))
}

async function openQuality(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Quality' }).click()
  await expect(page.getByRole('heading', { name: 'Quality' })).toBeFocused()
}

async function tableOfPage(page: Page): Promise<Record<string, number[]>> {
  const table = page.getByRole('table', { name: 'set: 400 documents, 40 judged queries' })
  await expect(table).toBeVisible({ timeout: 50_000 })
  const scores: Record<string, number[]> = {}
  for (const [name, way] of WAYS) {
    const cells = table.getByRole('row').filter({ hasText: name }).getByRole('cell')
    scores[way] = (await cells.allTextContents()).map(Number)
  }
  return scores
}

test('a set scores in the page what it scores on the command line', async ({ page, context }, info) => {
  const folder = info.outputPath('set')
  await writeSet(folder)
  await context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await openBelfry(page)
  await addNotes(page)
  await openQuality(page)
  await page.getByLabel('Choose a folder').setInputFiles(folder)
  const [shown, said] = await Promise.all([tableOfPage(page), scoresOfCommand(folder)])
  for (const [, way] of WAYS) {
    expect(shown[way]).toHaveLength(3)
    for (const [i, score] of (shown[way] ?? []).entries()) {
      expect(Math.abs(score - (said[way]?.[i] ?? Number.NaN))).toBeLessThanOrEqual(0.005)
    }
  }
  // A set on which everything scores 0 or 1 would compare nothing.
  for (const scores of Object.values(said)) {
    expect(scores[0]).toBeGreaterThan(0.1)
    expect(scores[0]).toBeLessThan(0.99)
  }
  await page.getByRole('button', { name: 'Copy as Markdown' }).click()
  await expect(page.getByText('Copied')).toBeVisible()
  expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
    /^\| set \| documents .*\n\| --- .*\n\| set \| 400 \| 40 \| 0\.\d{3} /,
  )
  await page.keyboard.press('Escape')
  await expect(page.getByRole('button', { name: 'Menu' })).toBeFocused()
  await expectDocuments(page, 3)
  expect(await bestTitle(page, 'how to keep a loaf')).toBe('Keeping bread')
})

test('a broken set says which line, and the last result stays', async ({ page }, info) => {
  const folder = info.outputPath('set')
  await writeSet(folder)
  await openBelfry(page)
  await openQuality(page)
  await expect(page.getByLabel('Choose a folder')).toBeEnabled({ timeout: 30_000 })
  await page.getByLabel('Choose a folder').setInputFiles(folder)
  await tableOfPage(page)
  await writeFile(join(folder, 'queries.jsonl'), '{"_id":"q1","text":"fine"}\n{"_id":"q2",\n')
  await page.getByLabel('Choose a folder').setInputFiles(folder)
  await expect(page.getByRole('alert')).toHaveText(
    'This set could not be evaluated: set/queries.jsonl, line 2: expected a JSON object, got {"_id":"q2",',
  )
  await tableOfPage(page)
})

test('searching goes on while a set runs, and it can be cancelled', async ({ page }, info) => {
  const folder = info.outputPath('large')
  await writeSet(folder)
  const writer = createWriter(3)
  const prose = Array.from({ length: 100 }, () => writer.document(600).toMarkdown())
  const many = Array.from({ length: 60_000 }, (_, i) => ({ _id: `d${i}`, text: `${i} ${prose[i % 100]}` }))
  await writeFile(join(folder, 'corpus.jsonl.gz'), gzipSync(lines(many)))
  await openBelfry(page)
  await addNotes(page)
  await openQuality(page)
  await page.getByLabel('Choose a folder').setInputFiles(folder)
  const bar = page.getByRole('progressbar', { name: 'Evaluating large' })
  await expect(bar).toBeVisible()
  await page.getByRole('button', { name: 'Back to the search' }).click()
  expect(await bestTitle(page, 'how to keep a loaf')).toBe('Keeping bread')
  await openQuality(page)
  await expect(bar).toBeVisible()
  await page.getByRole('button', { name: 'Cancel' }).click()
  await expect(bar).toBeHidden()
  await expect(page.getByLabel('Choose a folder')).toBeEnabled()
})
