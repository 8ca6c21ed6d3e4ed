import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { digestOf } from './build.mjs'
import { findSystemBrowser } from './ensure-browser.mjs'
import { isInstalled, nodeProblem } from './ensure-dependencies.mjs'

let root = ''

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'belfry-set-up-'))
})

afterEach(async () => {
  await rm(root, { recursive: true })
})

async function write(path: string, content: string, mode = 0o644) {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), content, { mode })
}

function lock(packages: object) {
  return JSON.stringify({ packages: { '': { name: 'belfry' }, ...packages } })
}

/** Whether the digest of the sources is another one after a write. */
async function change(path: string, content: string) {
  const before = digestOf(root)
  await write(path, content)
  return digestOf(root) !== before
}

function stub(version: string, exit = 0) {
  return `#!/bin/sh\necho "Chromium ${version}"\nexit ${exit}\n`
}

describe('Node', () => {
  it.each(['20.19.0', '20.20.2', '22.0.0', '24.1.3'])('%s will do', version => {
    expect(nodeProblem(version)).toBeUndefined()
  })

  it.each(['18.20.4', '20.18.3', '9.0.0'])('%s is too old, and the sentence says so', version => {
    expect(nodeProblem(version)).toContain(`this is Node ${version}`)
  })
})

describe('node_modules', () => {
  const wanted = {
    'node_modules/a': { version: '1.0.0' },
    'node_modules/b': { version: '2.0.0', optional: true },
  }

  it.each([
    ['holds all', { 'node_modules/a': { version: '1.0.0' }, 'node_modules/b': { version: '2.0.0' } }, true],
    ['lacks what is optional only', { 'node_modules/a': { version: '1.0.0' } }, true],
    ['holds another version', { 'node_modules/a': { version: '1.0.1' } }, false],
    ['lacks a package', {}, false],
  ])('counts as installed by what it holds: it %s', async (_, present, installed) => {
    await write('package-lock.json', lock(wanted))
    await write('node_modules/.package-lock.json', lock(present))
    expect(isInstalled(root)).toBe(installed)
  })

  it('does not count as installed where it is missing', async () => {
    await write('package-lock.json', lock(wanted))
    expect(isInstalled(root)).toBe(false)
  })
})

describe('the digest of the sources', () => {
  it('changes with a source, a new file and a removed one, and with nothing else', async () => {
    await write('src/main.tsx', 'one')
    expect(await change('src/main.tsx', 'two')).toBe(true)
    expect(await change('public/icon.svg', '<svg/>')).toBe(true)
    expect(await change('public/icon.svg', '<svg/>')).toBe(false)
    expect(await change('src/kernels/build/scan.wasm', 'made')).toBe(false)
    expect(await change('docs/page.md', 'words')).toBe(false)
    const before = digestOf(root)
    await rm(join(root, 'public/icon.svg'))
    expect(digestOf(root)).not.toBe(before)
  })
})

describe.skipIf(process.platform === 'win32')('the search for a browser', () => {
  it('passes over those that are too old, broken or not programs', async () => {
    await write('old/chromium', stub('119.0.1.2'), 0o755)
    await write('broken/chromium', stub('150.0.1.2', 1), 0o755)
    await write('text/chromium', 'no program')
    await write('good/google-chrome', stub('150.0.1.2'), 0o755)
    const PATH = ['old', 'broken', 'text', 'good'].map(name => join(root, name)).join(':')
    expect(findSystemBrowser({ PATH }, [])).toEqual({ path: join(root, 'good/google-chrome'), major: 150 })
  })

  it('prefers the one that CHROMIUM_PATH names', async () => {
    await write('mine/browser', stub('140.0.1.2'), 0o755)
    await write('good/chromium', stub('150.0.1.2'), 0o755)
    const env = { CHROMIUM_PATH: join(root, 'mine/browser'), PATH: join(root, 'good') }
    expect(findSystemBrowser(env, [])?.major).toBe(140)
  })

  it('finds none where there is none', () => {
    expect(findSystemBrowser({ PATH: root }, [])).toBeUndefined()
  })
})
