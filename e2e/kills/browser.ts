import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type BrowserContext, chromium } from '@playwright/test'
import { findSystemBrowser } from '../../tools/ensure-browser.mjs'

/** A browser of its own process group, with a profile on disk. */
export interface KillableBrowser {
  readonly context: BrowserContext
  /** SIGKILL: nobody in the browser gets to do anything more. */
  kill(): Promise<void>
  close(): Promise<void>
}

const ARGUMENTS = [
  '--headless=new',
  '--remote-debugging-port=0',
  '--no-sandbox',
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-extensions',
  '--disable-breakpad',
  '--disable-default-apps',
  '--disable-component-extensions-with-background-pages',
  '--disable-client-side-phishing-detection',
  '--disable-features=OptimizationHints,OptimizationGuideModelDownloading,Translate,MediaRouter,PaintHolding',
  // A tab beside another one must work as fast as one that is looked at.
  '--disable-background-timer-throttling',
  '--disable-backgrounding-occluded-windows',
  '--disable-renderer-backgrounding',
  '--password-store=basic',
  '--mute-audio',
]

export async function openBrowser(profile: string): Promise<KillableBrowser> {
  const path = findSystemBrowser()?.path ?? chromium.executablePath()
  const child = spawn(path, [...ARGUMENTS, `--user-data-dir=${profile}`, 'about:blank'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  })
  const browser = await chromium.connectOverCDP(await addressOf(child))
  const [context] = browser.contexts()
  if (context === undefined) throw new Error('expected the browser to have a context, got none')

  async function kill(): Promise<void> {
    const ended = once(child, 'exit')
    child.kill('SIGKILL')
    await ended
    endGroup(child)
  }

  return {
    context,
    kill,
    async close() {
      await browser.close().catch(() => undefined)
      if (child.exitCode === null && child.signalCode === null) await kill()
    },
  }
}

/** The browser says on its standard error where it listens. */
async function addressOf(child: ChildProcess): Promise<string> {
  let said = ''
  for await (const chunk of child.stderr ?? []) {
    said += String(chunk)
    const address = /DevTools listening on (\S+)/.exec(said)?.[1]
    if (address === undefined) continue
    return address
  }
  throw new Error(`expected the browser to listen, got its end: ${said}`)
}

/** What the browser has started and left behind. */
function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
  } catch {
    // All of them have ended by themselves.
  }
}
