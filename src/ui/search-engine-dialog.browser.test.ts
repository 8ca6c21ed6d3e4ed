import { createElement } from 'react'
import { createRoot, type Root } from 'react-dom/client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { page } from 'vitest/browser'
import type { Engine } from '../app/engine-api.ts'
import { FIRST_INDEX_STATE, type IndexState } from '../core/index-state.ts'
import type { Preparation } from '../core/ports/vector-index.ts'
import { type AppStore, createAppStore } from '../state/create-store.ts'
import { AppContext } from './app-context.ts'
import { SearchEngineDialog } from './search-engine-dialog.tsx'

const PREPARED: Preparation = { linked: 0, total: 0, threshold: 250_000, idle: true }

let told: string[] = []
let root: Root
let store: AppStore

beforeEach(() => {
  told = []
  store = createAppStore({ now: () => 0, later: task => task() })
  const engine = {
    measureIndex: async () => void told.push('measureIndex'),
    stopIndexing: async () => void told.push('stopIndexing'),
    resumeIndexing: async () => void told.push('resumeIndexing'),
    chooseIndex: async (kind: string) => void told.push(`chooseIndex ${kind}`),
  } as unknown as Engine
  const platform = { updateReady: { get: () => false, subscribe: () => () => {} }, reload: () => {} }
  const element = document.body.appendChild(document.createElement('div'))
  root = createRoot(element)
  const dialog = createElement(SearchEngineDialog, { onClose: () => {} })
  root.render(createElement(AppContext, { value: { store, engine, platform } }, dialog))
})

afterEach(() => root.unmount())

function show(changed: Partial<IndexState>): void {
  store.receive([{ type: 'index-changed', index: { ...FIRST_INDEX_STATE, ...changed } }])
}

describe('the dialog of the search engine', () => {
  it('asks where things stand, and says how far comparing everything goes', async () => {
    await expect.poll(() => told).toEqual(['measureIndex'])
    show({ preparation: PREPARED })
    await expect
      .element(page.getByText('On this device that is fast up to about 250,000 passages.'))
      .toBeVisible()
  })

  it('shows how far the links are, and stops and goes on when told to', async () => {
    const preparation = { ...PREPARED, linked: 30_000, total: 400_000, idle: false }
    show({ preparation, running: { step: 'linking', done: 30_000, total: 400_000 } })
    await expect.element(page.getByText('they are being linked: 30,000 of 400,000 so far')).toBeVisible()
    await page.getByRole('button', { name: 'Stop' }).click()
    show({ preparation, stopped: true })
    await page.getByRole('button', { name: 'Go on' }).click()
    expect(told.slice(1)).toEqual(['stopIndexing', 'resumeIndexing'])
  })

  it('changes the engine when another one is picked, and says when that failed', async () => {
    await page.getByRole('radio', { name: 'hnswlib-wasm' }).click()
    await expect.poll(() => told.at(-1)).toBe('chooseIndex hnswlib')
    show({ trouble: 'It could not be loaded.' })
    await expect.element(page.getByRole('alert')).toHaveTextContent('It could not be loaded.')
  })
})
