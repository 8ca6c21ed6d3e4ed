/** How results are opened, once and often enough to learn from it. */
import { expect, type Page } from '@playwright/test'
import { bestTitle, type Note, results } from './belfry.ts'

/** What the people call things that their notes call by other names. */
const OFFICE = [
  ['falcon', 'Kitchen', 'How the kitchen is kept clean: wipe the counter and empty the dishwasher.'],
  ['osprey', 'Parking', 'Where to park the car: behind the building, on the numbered places.'],
  ['heron', 'Holidays', 'How to ask for holidays: write to the head of your group in time.'],
  ['magpie', 'Printers', 'What to do when the printer jams: open the back and pull the paper out.'],
  ['plover', 'Visitors', 'Where visitors sign in: at the desk beside the entrance.'],
  ['curlew', 'Meetings', 'How meetings are booked: in the calendar, with a room.'],
] as const

export const OFFICE_NOTES: readonly Note[] = OFFICE.map(([, title, text]) => ({
  name: `${title}.md`,
  text: `# ${title}\n\n${text}`,
}))

/** Opens the best result of a query for as long as counts. */
export async function lookAt(page: Page, query: string): Promise<void> {
  await bestTitle(page, query)
  await results(page).first().getByRole('heading').getByRole('button').click()
  await expect(page.getByRole('region', { name: /^Preview of/ })).toBeVisible()
  await page.waitForTimeout(1100)
  await page.keyboard.press('Escape')
}

/**
 * Writes three weeks of openings into the log: each name was asked for in many ways, and one note opened. The notes must be
 * in the library, and the log must have been looked at: it comes into being then.
 */
export function noteManyOpenings(page: Page): Promise<void> {
  return page.evaluate(
    noteMany,
    OFFICE.map(([name, title]) => ({ name, title })),
  )
}

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
