import { createElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import type { Engine } from '../app/engine-api.ts'
import { type LibraryDocument, parseDocumentId } from '../core/document.ts'
import { DEFAULT_PASSAGES, type PassageSettings } from '../core/passage-settings.ts'
import type { PassagesState } from '../core/passages-state.ts'
import type { EncoderInfo } from '../core/ports/encoder.ts'
import { type AppStore, createAppStore } from '../state/create-store.ts'
import { AppContext } from './app-context.ts'
import { PassagesDialog } from './passages-dialog.tsx'

const SHORT: PassageSettings = { ...DEFAULT_PASSAGES, size: 'short' }

let told: string[] = []
let root: Root
let store: AppStore

beforeEach(() => {
  told = []
  store = createAppStore({ now: () => 0, later: task => task() })
  const engine = {
    measurePassages: async () => void told.push('measurePassages'),
    choosePassages: async (changed: object) => void told.push(JSON.stringify(changed)),
    cutAllAgain: async () => void told.push('cutAllAgain'),
    cancelCutting: async () => void told.push('cancelCutting'),
  } as unknown as Engine
  const platform = { updateReady: { get: () => false, subscribe: () => () => {} }, reload: () => {} }
  root = createRoot(document.body.appendChild(document.createElement('div')))
  const dialog = createElement(PassagesDialog, { onClose: () => {} })
  root.render(createElement(AppContext, { value: { store, engine, platform } }, dialog))
})

afterEach(() => root.unmount())

function show(
  changed: Partial<PassagesState> = {},
  cuts: readonly (PassageSettings | undefined)[] = [],
): void {
  const documents = cuts.map((cut, i) => {
    const id = parseDocumentId(String(i).repeat(64))
    return { id, title: id, path: id, passageCount: 1, ...(cut && { cut }) } as unknown as LibraryDocument
  })
  const tokens = { short: 102, normal: 256, long: 336 }
  const passages = { settings: DEFAULT_PASSAGES, tokens, running: undefined, trouble: undefined, ...changed }
  store.receive([
    { type: 'model-ready', info: {} as EncoderInfo },
    { type: 'library-opened', documents },
    { type: 'passages-changed', passages },
  ])
}

describe('the dialog of passages', () => {
  it('asks where things stand, and tells what is chosen, also with the keyboard', async () => {
    await expect.poll(() => told).toEqual(['measurePassages'])
    show()
    await expect.element(page.getByText('All documents are cut so.')).toBeVisible()
    await expect.element(page.getByRole('button', { name: 'As it was at first' })).not.toBeInTheDocument()
    await page.getByRole('radio', { name: /^Much/ }).click()
    await page.getByRole('checkbox').click()
    page
      .getByRole('radio', { name: /^Normal/ })
      .element()
      .focus()
    await userEvent.keyboard('{ArrowDown}')
    expect(told.slice(1)).toEqual(['{"overlap":"much"}', '{"trail":false}', '{"size":"long"}'])
  })

  it('counts what is cut otherwise, and cuts it again when told to', async () => {
    show({ settings: SHORT }, [SHORT, undefined, DEFAULT_PASSAGES])
    await expect.element(page.getByText(/^2 documents are cut otherwise/)).toBeVisible()
    await page.getByRole('button', { name: 'Cut everything again' }).click()
    await page.getByRole('button', { name: 'As it was at first' }).click()
    expect(told.slice(1)).toEqual(['cutAllAgain', JSON.stringify(DEFAULT_PASSAGES)])
  })

  it('shows how far it is, lets nothing be changed meanwhile, and can be cancelled', async () => {
    show({ settings: SHORT, running: { done: 3, total: 12 } }, [undefined])
    const bar = page.getByRole('progressbar', { name: 'Cutting everything again' })
    await expect.element(bar).toHaveAttribute('aria-valuenow', '3')
    await expect.element(page.getByText(/^Cutting 4 of 12 documents again/)).toBeVisible()
    await expect.element(page.getByRole('radio', { name: /^Long/ })).toBeDisabled()
    await page.getByRole('button', { name: 'Cancel' }).click()
    expect(told.at(-1)).toBe('cancelCutting')
  })

  it('says why it has stopped', async () => {
    show({ trouble: 'Cutting again has stopped. The disk is full.' })
    await expect.element(page.getByRole('alert')).toHaveTextContent('The disk is full.')
  })
})
