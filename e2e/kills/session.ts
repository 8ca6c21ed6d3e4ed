import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { type KillableBrowser, openBrowser } from './browser.ts'
import type { Victim } from './plan.ts'
import type { PlantedFile } from './planted-files.ts'
import { crashTab, stopWorker, watchPages } from './watched-page.ts'

/** A profile with Belfry in it, through all deaths of its tab, its worker and its browser. */
export interface Session {
  /** Names of the files that any page has listed as searchable. */
  readonly shown: ReadonlySet<string>
  /** Loads the page, in a new tab or a new browser where there is none. */
  open(): Promise<Page>
  /** The page as it is, or else a new one. */
  current(): Promise<Page>
  add(files: readonly PlantedFile[]): Promise<void>
  /** Resolves when `count` of `files` are shown. */
  untilShown(files: readonly PlantedFile[], count: number): Promise<void>
  kill(victim: Victim): Promise<void>
  close(): Promise<void>
}

/** Milliseconds after which adding counts as hung. */
const PATIENCE = 120_000

export function createSession(folder: string, address: string): Session {
  const shown = new Set<string>()
  let notice: (() => void) | undefined
  let browser: KillableBrowser | undefined
  let page: Page | undefined

  async function start(): Promise<KillableBrowser> {
    const started = await openBrowser(join(folder, 'profile'))
    await watchPages(started.context, names => {
      for (const name of names) shown.add(name)
      notice?.()
    })
    return started
  }

  async function open(): Promise<Page> {
    browser ??= await start()
    page ??= await browser.context.newPage()
    await page.goto(address)
    return page
  }

  return {
    shown,
    open,
    current: async () => page ?? open(),
    async add(files) {
      const input = page?.getByLabel('Add files').first()
      await input?.setInputFiles(files.map(({ path }) => path))
    },
    untilShown: (files, count) =>
      new Promise((resolve, reject) => {
        const late = setTimeout(() => {
          reject(new Error(`expected ${count} files to be shown within ${PATIENCE} ms`))
        }, PATIENCE)
        notice = () => {
          if (files.filter(({ name }) => shown.has(name)).length < count) return
          clearTimeout(late)
          resolve()
        }
        notice()
      }),
    async kill(victim) {
      if (browser === undefined || page === undefined) throw new Error('expected an open page, got none')
      if (victim === 'worker') return stopWorker(page)
      const [dyingBrowser, dyingPage] = [browser, page]
      page = undefined
      if (victim === 'tab') return crashTab(dyingBrowser.context, dyingPage)
      browser = undefined
      return dyingBrowser.kill()
    },
    close: async () => browser?.close(),
  }
}
