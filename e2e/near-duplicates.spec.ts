import { expect, test } from '@playwright/test'
import { addNotes, expectDocuments, openBelfry, results, searchField } from './belfry.ts'

const SENTENCES = [
  'We thank you for your inquiry about the new bell for the church of Saint Anne.',
  'The bell will be cast in one piece from copper and tin, and tuned to the note of the present one.',
  'Casting takes place in May, when the furnace is lit for the last time before the summer.',
  'The old clapper can be used again after its leather has been replaced.',
  'Our price holds until the end of March and includes the journey of two ringers.',
  'Please tell us whether the tower can bear the scaffold that we sent you a drawing of.',
]
const NOTES = [
  { name: 'offer.txt', text: `Offer for a bell\n\n${SENTENCES.join(' ')}` },
  { name: 'answer.txt', text: `Re: the bell\n\n${SENTENCES.map(line => `> ${line}`).join('\n')}\n\nAgreed.` },
  { name: 'bread.md', text: '# Keeping bread\n\nKeep loaves in a paper bag. The fridge dries them out.' },
]

test('documents that are nearly the same are told, folded in results, and one can be removed', async ({
  page,
}, info) => {
  await openBelfry(page)
  await addNotes(page, NOTES)
  await page.getByRole('button', { name: 'Details' }).click()
  await expect(page.getByRole('table')).toContainText('Nearly the same as “')
  await page.screenshot({ path: info.outputPath('queue.png') })
  await page.keyboard.press('Escape')

  const library = page.getByRole('complementary', { name: 'Library' })
  await library.getByRole('button', { name: /^Nearly the same as others/ }).press('Enter')
  const rows = library.getByRole('list', { name: 'Documents' }).getByRole('listitem')
  await expect(rows).toHaveCount(2)
  await expect(rows.filter({ hasText: 'Nearly the same as Offer for a bell' })).toHaveCount(1)
  await library.getByRole('button', { name: /^Nearly the same as others/ }).click()
  await expect(rows).toHaveCount(3)

  await searchField(page).fill('price of casting a bell')
  await expect(page.getByText('and 1 nearly the same')).toBeVisible()
  const best = await results(page).first().getByRole('heading').textContent()
  await page.getByText('and 1 nearly the same').press('Enter')
  const folded = page.getByRole('list', { name: `Nearly the same as ${best}` }).getByRole('listitem')
  await expect(folded).toHaveCount(1)
  await page.screenshot({ path: info.outputPath('folded.png') })

  // The arrows go through what is unfolded, too.
  await searchField(page).press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect(folded.getByRole('heading').getByRole('button')).toBeFocused()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  const preview = page.getByRole('region', { name: `Preview of ${best}` })
  const alike = preview.getByRole('group', { name: 'Nearly the same' })
  await expect(alike).toBeVisible()
  await page.screenshot({ path: info.outputPath('preview.png') })
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.setViewportSize({ width: 390, height: 780 })
  await page.screenshot({ path: info.outputPath('preview-narrow.png') })
  await page.setViewportSize({ width: 1280, height: 800 })
  await alike.getByRole('button', { name: 'Remove this one' }).press('Enter')
  await expectDocuments(page, 2)
  const other = page.getByRole('region', { name: /^Preview of/ })
  await expect(other).toBeFocused()
  await expect(other.getByRole('group', { name: 'Nearly the same' })).toHaveCount(0)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Undo' }).click()
  await expectDocuments(page, 3)

  await page.reload()
  await expect(rows.filter({ hasText: 'Nearly the same as' })).toHaveCount(2)
  await page.screenshot({ path: info.outputPath('library-dark.png') })
})
