import { expect, type Page, test } from '@playwright/test'
import { addNotes, bestTitle, expectDocuments, openBelfry, results } from './belfry.ts'

const book = (name: string) => ({
  name: `${name}.md`,
  text: `# The ${name}\n\n${Array.from(
    { length: 60 },
    (_, i) => `On day ${i} of the voyage the ${name} took ${i + 3} barrels of salted herring aboard.`,
  ).join(' ')}\n\n## Storm\n\nThe mast broke, and the crew rowed to an island without trees.`,
})

async function openPassages(page: Page) {
  await page.getByRole('button', { name: 'Menu' }).click()
  await page.getByRole('button', { name: 'Passages' }).click()
  const dialog = page.getByRole('dialog', { name: 'Passages' })
  await expect(dialog.getByRole('radiogroup', { name: 'Length' })).toBeVisible()
  return dialog
}

test('passages are cut as somebody chooses, everything again when asked, and that stays', async ({
  page,
}, info) => {
  await openBelfry(page)
  await addNotes(page, ['schooner', 'frigate', 'cutter'].map(book))
  const dialog = await openPassages(page)
  await expect(dialog.getByText('All documents are cut so.')).toBeVisible()
  await dialog.getByRole('radio', { name: /^Normal/ }).focus()
  await page.keyboard.press('ArrowUp')
  await expect(dialog.getByRole('radio', { name: /^Short/ })).toBeChecked()
  await expect(dialog.getByText(/Up to 102 tokens/)).toBeVisible()
  await dialog.getByRole('radio', { name: /^A little/ }).click()
  await expect(dialog.getByText(/^3 documents are cut otherwise/)).toBeVisible()
  await page.screenshot({ path: info.outputPath('passages.png') })
  await dialog.getByRole('button', { name: 'Cut everything again' }).press('Enter')
  await expect(dialog.getByText('All documents are cut so.')).toBeVisible({ timeout: 20_000 })
  await page.keyboard.press('Escape')

  await expect
    .poll(() => bestTitle(page, 'shipwreck on an island'))
    .toMatch(/^The (schooner|frigate|cutter)$/)
  await expect(results(page).first()).toContainText('The mast broke')
  await page.reload()
  await expectDocuments(page, 3)
  await expect
    .poll(() => bestTitle(page, 'shipwreck on an island'))
    .toMatch(/^The (schooner|frigate|cutter)$/)
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 780 })
  const again = await openPassages(page)
  await expect(again.getByRole('radio', { name: /^Short/ })).toBeChecked()
  await expect(again.getByText('All documents are cut so.')).toBeVisible()
  await page.screenshot({ path: info.outputPath('passages-narrow.png') })
})
