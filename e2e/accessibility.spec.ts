import { expect, test } from '@playwright/test'
import { addNotes, bestTitle, openBelfry, openLearning, results } from './belfry.ts'
import { violations } from './violations.ts'

const TINY_SET = [
  ['corpus.jsonl', '{"_id":"d","text":"loaves"}'],
  ['queries.jsonl', '{"_id":"q","text":"bread"}'],
  ['qrels.tsv', 'q\td\t1'],
].map(([name = '', text = '']) => ({ name, mimeType: '', buffer: Buffer.from(text) }))

const TABLE = [
  { name: 'towers.csv', mimeType: '', buffer: Buffer.from('place,bell\nEly,tenor\nYork,treble') },
]

const NO_LIBRARY = [{ name: 'torn.belfry', mimeType: '', buffer: Buffer.from('torn') }]

for (const scheme of ['light', 'dark'] as const) {
  for (const [shape, viewport] of [
    ['wide', { width: 1280, height: 800 }],
    ['narrow', { width: 390, height: 780 }],
  ] as const) {
    test(`every screen is accessible, ${scheme} and ${shape}`, async ({ page }, info) => {
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize(viewport)
      await openBelfry(page)
      const look = async (name: string) => {
        await page.screenshot({ path: info.outputPath(`${name}.png`) })
        expect(await violations(page)).toEqual([])
      }
      await expect(page.getByText(/WASM, \d/)).toBeVisible({ timeout: 30_000 })
      await look('empty')
      await addNotes(page)
      await look('library')
      await bestTitle(page, 'how to keep a loaf')
      await look('results')
      await results(page).first().getByRole('heading').getByRole('button').click()
      await expect(page.getByRole('region', { name: /^Preview of/ })).toBeVisible()
      await look('preview')
      await page.keyboard.press('Escape')
      await openLearning(page)
      await page.getByRole('button', { name: 'Learn from what I opened' }).click()
      await expect(page.getByText(/^Not enough openings yet/)).toBeVisible()
      await look('learning')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Menu' }).click()
      await look('menu')
      await page.getByRole('button', { name: 'Export…' }).click()
      await page.getByLabel('Passphrase, if it is to be locked').fill('one')
      await page.getByLabel('The same once more').fill('other')
      await page.keyboard.press('Enter')
      await expect(page.getByRole('alert')).toBeVisible()
      await look('export')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('button', { name: 'Import…' }).click()
      await expect(page.getByRole('dialog', { name: 'Import a library' })).toBeVisible()
      await look('import')
      await page.getByLabel('Choose a library file').setInputFiles(NO_LIBRARY)
      await expect(page.getByRole('alert')).toBeVisible()
      await look('import-refused')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('button', { name: 'Storage' }).click()
      await expect(page.getByRole('list', { name: 'Documents, largest first' })).toBeVisible()
      await look('storage')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('button', { name: 'Folders' }).click()
      await expect(page.getByRole('dialog', { name: 'Folders' })).toBeVisible()
      await look('folders')
      await page.keyboard.press('Escape')
      await page.getByLabel('Add files').setInputFiles(TABLE)
      await expect(page.getByText('1 searchable')).toBeVisible()
      await page.getByRole('button', { name: 'Details' }).click()
      await look('adding')
      await page.getByRole('button', { name: 'Choose columns of towers.csv…' }).click()
      await expect(page.getByLabel('Read bell as')).toBeVisible()
      await look('columns')
      await page.keyboard.press('Escape')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('button', { name: 'Search engine' }).click()
      await expect(page.getByText(/^Every passage is compared/)).toBeVisible()
      await look('search-engine')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('button', { name: 'Server…' }).click()
      await page.getByLabel('Credential').selectOption('Name and password')
      await page.getByRole('button', { name: 'Test connection' }).click()
      await expect(page.getByRole('alert')).toContainText('CHROMA_URL')
      await look('server')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('button', { name: 'Passages' }).click()
      await page.getByRole('radio', { name: /^Short/ }).click()
      await expect(page.getByText(/^\d+ documents are cut otherwise/)).toBeVisible()
      await look('passages')
      await page.keyboard.press('Escape')
      await page.getByRole('button', { name: 'Menu' }).click()
      await page.getByRole('button', { name: 'Quality' }).click()
      await expect(page.getByRole('heading', { name: 'Quality' })).toBeFocused()
      await look('quality')
      await page.getByLabel('Choose files').setInputFiles(TINY_SET)
      await expect(page.getByRole('table', { name: /^your set/ })).toBeVisible()
      await page.getByLabel('Choose files').setInputFiles(TINY_SET.slice(0, 2))
      await expect(page.getByRole('alert')).toBeVisible()
      await page.getByRole('alert').scrollIntoViewIfNeeded()
      await look('quality-set')
    })
  }
}
