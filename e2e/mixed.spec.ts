import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from '@playwright/test'
import { type MixedFile, mixFiles } from '../tools/mixed/mix-files.ts'
import { generatedTexts } from '../tools/mixed/text-source.ts'
import { openBelfry } from './belfry.ts'
import { readWords } from '../tools/mixed/stored-words.ts'

const FIXTURES = 'src/adapters/formats/fixtures'

/** Writes mixed files below `folder`, the same for the same seed. */
function writeMixed(folder: string, count: number, seed: number): MixedFile[] {
  const locked = ['locked.pdf', 'locked.zip'].map(name => ({
    name,
    bytes: readFileSync(join(FIXTURES, name)),
  }))
  const mix = { count, seed, texts: generatedTexts(seed), makers: {}, locked }
  return Array.from(mixFiles(mix), ({ bytes, ...file }) => {
    const path = join(folder, file.path)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    return { ...file, path }
  })
}

test('of mixed files each ends in a state with a reason, and nothing is lost or doubled', async ({
  page,
}, info) => {
  const mixed = writeMixed(info.outputPath('mixed'), 100, 1)
  const fixtures = readdirSync(FIXTURES).filter(name => !name.includes('.golden.'))
  const paths = [...mixed.map(({ path }) => path), ...fixtures.map(name => join(FIXTURES, name))]
  await openBelfry(page)
  await page.getByLabel('Add files').setInputFiles(paths)
  await expect(page.getByText(/^\d+ searchable, /)).toBeVisible({ timeout: 50_000 })
  await page.getByRole('button', { name: 'Details' }).click()

  const states = page.getByRole('group', { name: 'State' }).getByRole('button')
  const counts = new Map(
    (await states.allTextContents()).map(text => [text.replace(/ \d+$/, ''), Number(/\d+$/.exec(text)?.[0])]),
  )
  expect(counts.get('All')).toBe(paths.length)
  expect([counts.get('Queued'), counts.get('In work')]).toEqual([undefined, undefined])
  for (const name of ['Failed', 'In part', 'Skipped']) {
    await page.getByRole('button', { name: new RegExp(`^${name} `) }).click()
    const reasons = page.locator('tbody tr[data-state] td:nth-of-type(2)')
    await expect(reasons).toHaveCount(counts.get(name) ?? 0)
    for (const reason of await reasons.allTextContents()) expect(reason).toMatch(/\.$/)
  }
  const searchable = mixed.filter(({ expected }) => expected === 'kept')
  expect(counts.get('Searchable')).toBeGreaterThanOrEqual(searchable.length)

  const words = [...new Set(mixed.flatMap(file => file.words))]
  expect(words.length).toBeGreaterThan(80)
  expect((await readWords(page)).words).toEqual(Object.fromEntries(words.map(word => [word, 1])))
})
