import { readFileSync } from 'node:fs'
import { expect, type Page, test } from '@playwright/test'
import { addNotes, bestTitle, type Note, openBelfry, openLearning, results, searchField } from './belfry.ts'

/** What the people of one office call things that their notes call by other names. */
const OFFICE = [
  ['falcon', 'Kitchen', 'How the kitchen is kept clean: wipe the counter and empty the dishwasher.'],
  ['osprey', 'Parking', 'Where to park the car: behind the building, on the numbered places.'],
  ['heron', 'Holidays', 'How to ask for holidays: write to the head of your group in time.'],
  ['magpie', 'Printers', 'What to do when the printer jams: open the back and pull the paper out.'],
  ['plover', 'Visitors', 'Where visitors sign in: at the desk beside the entrance.'],
  ['curlew', 'Meetings', 'How meetings are booked: in the calendar, with a room.'],
] as const
const OFFICE_NOTES: readonly Note[] = OFFICE.map(([, title, text]) => ({
  name: `${title}.md`,
  text: `# ${title}\n\n${text}`,
}))

/** Keeps a result open for as long as counts. */
async function lookAt(page: Page, query: string): Promise<void> {
  await bestTitle(page, query)
  await results(page).first().getByRole('heading').getByRole('button').click()
  await expect(page.getByRole('region', { name: /^Preview of/ })).toBeVisible()
  await page.waitForTimeout(1100)
  await page.keyboard.press('Escape')
}

test('what was opened is noted, exported, forgotten, and noted no more', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page)
  for (const query of ['stale loaf', 'tyres', 'ships']) await lookAt(page, query)
  const dialog = await openLearning(page)
  await expect(dialog.getByText('3 openings noted')).toBeVisible()
  await dialog.getByRole('button', { name: 'Learn from what I opened' }).click()
  await expect(dialog.getByRole('status')).toContainText('Not enough openings yet: 3 of at least 30.')

  const downloading = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Export' }).click()
  const entries: unknown = JSON.parse(readFileSync(await (await downloading).path(), 'utf8'))
  expect(entries).toMatchObject([{ query: 'stale loaf' }, { query: 'tyres' }, { query: 'ships' }])

  await dialog.getByRole('button', { name: 'Forget them' }).click()
  await expect(dialog.getByText('0 openings noted')).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'Note which results I open' }).click()
  await page.reload()
  await lookAt(page, 'tyres')
  const again = await openLearning(page)
  await expect(again.getByText('0 openings noted')).toBeVisible()
  await expect(again.getByRole('checkbox', { name: 'Note which results I open' })).not.toBeChecked()
})

test('a preference is learned, kept over a reload, and taken back with one click', async ({ page }) => {
  await openBelfry(page)
  await addNotes(page, OFFICE_NOTES)
  // The log comes into being when it is first looked at.
  await openLearning(page)
  await page.keyboard.press('Escape')
  await page.evaluate(
    noteMany,
    OFFICE.map(([name, title]) => ({ name, title })),
  )
  const dialog = await openLearning(page)
  await dialog.getByRole('button', { name: 'Learn from what I opened' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Version 1 is better, and in use from now on.', {
    timeout: 50_000,
  })
  const first = dialog.getByRole('listitem').first()
  await expect(first).toContainText('Learned from 90 openings.')
  await expect(first).toContainText('in use')

  await page.reload()
  expect(await bestTitle(page, 'magpie tomorrow')).toBe('Printers')
  expect(await bestTitle(page, 'plover tomorrow')).toBe('Visitors')
  const again = await openLearning(page)
  await expect(again.getByRole('listitem').first()).toContainText('in use')
  await again.getByRole('button', { name: 'Use this one: As shipped' }).click()
  await expect(again.getByRole('listitem').last()).toContainText('in use')
  await page.reload()
  await searchField(page).fill('tomorrow')
  await expect((await openLearning(page)).getByRole('listitem').last()).toContainText('in use')
})

/** Writes three weeks of openings into the log: each name was asked for in many ways, and one note opened. */
async function noteMany(names: readonly { readonly name: string; readonly title: string }[]): Promise<void> {
  const [library, log] = await Promise.all(
    ['belfry', 'belfry-log'].map(
      name =>
        new Promise<IDBDatabase>(resolve => {
          const request = indexedDB.open(name)
          request.addEventListener('success', () => resolve(request.result))
        }),
    ),
  )
  if (library === undefined || log === undefined) throw new Error('expected two databases')
  const documents = await new Promise<{ id: string; title: string }[]>(resolve => {
    const request = library.transaction('documents').objectStore('documents').getAll()
    request.addEventListener('success', () => resolve(request.result))
  })
  const transaction = log.transaction('entries', 'readwrite')
  const ways = ['question', 'rules', 'who', 'help', 'list', 'new', 'old', 'where', 'plan', 'morning']
  for (let n = 0; n < 90; n++) {
    const { name, title } = names[n % names.length] ?? { name: '', title: '' }
    // Each time in another order, so that only the name tells what is opened.
    const turned = documents.map((_, i) => documents[(i * 5 + n * 7) % documents.length])
    const shown = turned.map(document => ({ document: document?.id, passage: 0 }))
    const opened = { document: documents.find(document => document.title === title)?.id, passage: 0 }
    const query = `${name} ${ways[n % ways.length]} ${ways[(n * 3) % 7]}`
    transaction.objectStore('entries').put({ query, shown, opened, milliseconds: 4000, at: n })
  }
  await new Promise(resolve => {
    transaction.addEventListener('complete', resolve)
  })
  library.close()
  log.close()
}
