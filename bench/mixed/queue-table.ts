import type { Page } from 'playwright'

/** A row of the page's table of files. */
export interface TableRow {
  readonly path: string
  readonly state: string
  readonly reason: string
}

export interface QueueTable {
  readonly files: number
  /** Files by state, as the buttons above the table count them. */
  readonly states: Readonly<Record<string, number>>
  /** The rows of all states that need a reason. */
  readonly told: readonly TableRow[]
}

const NEEDLESS: ReadonlySet<string> = new Set(['All', 'Searchable', 'Cancelled'])

/** Opens the table and reads it, scrolling, since it only holds the rows that can be seen. */
export async function readQueueTable(page: Page): Promise<QueueTable> {
  const details = page.getByRole('region', { name: 'Files' })
  if (!(await details.isVisible())) await page.getByRole('button', { name: 'Details' }).click()
  await details.waitFor()
  const buttons = details.getByRole('group', { name: 'State' }).getByRole('button')
  const states: Record<string, number> = {}
  const told: TableRow[] = []
  for (const label of await buttons.allTextContents()) {
    const [, name = '', count = '0'] = /^(.+?) ([\d,]+)$/.exec(label) ?? []
    states[name] = Number(count.replaceAll(',', ''))
    if (NEEDLESS.has(name)) continue
    await details.getByRole('button', { name: new RegExp(`^${name} `) }).click()
    told.push(...(await page.evaluate(readRows)))
  }
  const { All: files = 0, ...rest } = states
  return { files, states: rest, told }
}

/** In the page. */
async function readRows(): Promise<TableRow[]> {
  const rows = new Map<number, TableRow>()
  const scroller = document.querySelector('[role=region][aria-label="States"]')
  if (scroller === null) return []
  for (let top = 0; ; top += scroller.clientHeight) {
    scroller.scrollTop = top
    await new Promise(resolve => requestAnimationFrame(() => setTimeout(resolve, 0)))
    for (const row of scroller.querySelectorAll('tbody tr[data-state]')) {
      const [path = '', state = '', reason = ''] = Array.from(row.children, cell => cell.textContent)
      rows.set(Number(row.getAttribute('aria-rowindex')), { path, state, reason })
    }
    if (top + scroller.clientHeight >= scroller.scrollHeight) return [...rows.values()]
  }
}
