/** Renders the PNG icons from public/icons/icon.svg with Chromium: `node tools/make-icons.mjs`. */
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { ensureBrowser } from './ensure-browser.mjs'

const FOLDER = fileURLToPath(new URL('../public/icons/', import.meta.url))
/** The drawing's own ground, so that it runs to the edges where the system cuts its own shape. */
const GROUND = '#0f5257'

/** `share` of the width that the drawing takes: a maskable icon keeps its middle 80 % only. */
const ICONS = [
  { name: 'icon-192.png', size: 192, share: 1, ground: 'transparent' },
  { name: 'icon-512.png', size: 512, share: 1, ground: 'transparent' },
  { name: 'icon-maskable-512.png', size: 512, share: 0.72, ground: GROUND },
  { name: 'apple-touch-icon.png', size: 180, share: 0.88, ground: GROUND },
]

const svg = (await readFile(`${FOLDER}icon.svg`)).toString('base64')
const { path } = await ensureBrowser()
const browser = await chromium.launch({ executablePath: path })
const page = await browser.newPage()
for (const { name, size, share, ground } of ICONS) {
  await page.setViewportSize({ width: size, height: size })
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${ground}">` +
      `<img src="data:image/svg+xml;base64,${svg}" width="${size * share}">`,
  )
  await page.screenshot({ path: FOLDER + name, omitBackground: true })
  console.log(name)
}
await browser.close()
