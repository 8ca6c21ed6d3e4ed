import { expect, type Page, test } from '@playwright/test'
import { bestTitle, expectDocuments, NOTES, openBelfry, searchField, waitForServiceWorker } from './belfry.ts'

interface Pasted {
  readonly text?: string
  readonly file?: { readonly name: string; readonly text: string }
}

/** Pastes where the focus is. */
async function paste(page: Page, pasted: Pasted): Promise<void> {
  await page.evaluate(({ text, file }) => {
    const clipboardData = new DataTransfer()
    if (text !== undefined) clipboardData.setData('text/plain', text)
    if (file !== undefined) clipboardData.items.add(new File([file.text], file.name))
    const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
    ;(document.activeElement ?? document.body).dispatchEvent(event)
  }, pasted)
}

const leaveFields = (page: Page) =>
  page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur()
  })

test('what is pasted outside of a field is taken in: text, files, and links without a request', async ({
  page,
}) => {
  await openBelfry(page)
  await searchField(page).focus()
  await paste(page, { text: 'This is meant for the field.' })
  await leaveFields(page)
  await paste(page, { text: 'Bread\n\nKeep loaves in a paper bag.' })
  await expectDocuments(page, 1)
  await paste(page, { file: { name: 'tea.md', text: '# Green tea\n\nIt wants water below the boil.' } })
  await expectDocuments(page, 2)
  const requests: string[] = []
  page.on('request', request => requests.push(request.url()))
  await paste(page, { text: 'https://example.org/knots\nhttps://example.com/sails' })
  await expectDocuments(page, 3)
  await expect(page.getByText('The 2 links were kept as a note. Belfry fetches nothing')).toBeVisible()
  expect(requests.filter(url => !url.startsWith('blob:'))).toEqual([])
  expect(await bestTitle(page, 'loaves')).toBe('Bread')
  await expect(page.getByRole('list', { name: 'Results' })).toContainText(
    /Pasted \d{4}-\d\d-\d\d \d\d\.\d\d\.txt/,
  )
  expect(await bestTitle(page, 'knots')).toBe('2 links: example.org, example.com')
})

test('files that are dropped on an open dialog, or beside the search field, are added', async ({ page }) => {
  await openBelfry(page)
  await page.getByRole('button', { name: 'Menu' }).click()
  for (const [i, role] of (['dialog', 'search'] as const).entries()) {
    const transfer = await page.evaluateHandle(note => {
      const data = new DataTransfer()
      data.items.add(new File([note?.text ?? ''], note?.name ?? ''))
      return data
    }, NOTES[i])
    const target = role === 'dialog' ? page.getByRole('dialog') : searchField(page)
    await target.dispatchEvent('dragover', { dataTransfer: transfer })
    await target.dispatchEvent('drop', { dataTransfer: transfer })
    if (role === 'dialog') await page.getByRole('button', { name: 'Close' }).click()
    await expectDocuments(page, i + 1)
  }
})

test('what another app shares is taken in, also without a network', async ({ page, context }) => {
  await openBelfry(page)
  await waitForServiceWorker(page)
  await context.setOffline(true)
  const answer = await page.evaluate(async () => {
    const form = new FormData()
    form.append('title', 'Bread')
    form.append('text', 'Keep loaves in a paper bag.')
    form.append('files', new File(['# Green tea\n\nIt wants water below the boil.'], 'tea.md'))
    // The way back to the page is for navigations; all that counts here is that it is shown.
    const { type } = await fetch('/share', { method: 'POST', body: form, redirect: 'manual' })
    return type
  })
  expect(answer).toBe('opaqueredirect')
  await page.goto('/?shared')
  await expectDocuments(page, 2)
  expect(await bestTitle(page, 'loaves')).toBe('Bread')
  await expect(page).toHaveURL('/')
  await page.reload()
  await expectDocuments(page, 2)
})

test('what was shared and did not fit is told, and what fitted is taken in', async ({ page }) => {
  await openBelfry(page)
  await waitForServiceWorker(page)
  await page.evaluate(async () => {
    const form = new FormData()
    form.append('text', 'Keep loaves dry.')
    await fetch('/share', { method: 'POST', body: form, redirect: 'manual' })
  })
  await page.goto('/?shared=failed')
  await expect(page.getByText('was not kept: this device has no more room')).toBeVisible()
  await expectDocuments(page, 1)
})

test('a file that is opened with Belfry is added', async ({ page }) => {
  // No test can open a file from the system, so the browser's queue of launches is stood in for.
  await page.addInitScript(() => {
    const launchQueue = {
      async setConsumer(consumer: (launch: { files: FileSystemHandle[] }) => void) {
        const root = await navigator.storage.getDirectory()
        const handle = await root.getFileHandle('opened.md', { create: true })
        const writing = await handle.createWritable()
        await writing.write('# Opened\n\nIt was opened from the file manager.')
        await writing.close()
        consumer({ files: [handle] })
      },
    }
    Object.defineProperty(globalThis, 'launchQueue', { value: launchQueue })
  })
  await openBelfry(page)
  await expectDocuments(page, 1)
  expect(await bestTitle(page, 'file manager')).toBe('Opened')
})
