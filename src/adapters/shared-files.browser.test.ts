import { describe, expect, it } from 'vitest'
import { keepShared, takeShared } from './shared-files.ts'

const AT = new Date(2026, 10, 20, 14, 5)

async function texts() {
  const files = await takeShared()
  return Promise.all(
    files.map(async ({ name, blob }) => [name, new TextDecoder().decode(await blob.arrayBuffer())] as const),
  )
}

describe('what another app shares', () => {
  it('waits until it is taken, once', async () => {
    const form = new FormData()
    form.append('files', new File(['Keep it dry.'], 'Brot & Käse.md', { lastModified: 5 }))
    form.append('files', new File(['Steep it.'], 'tea.md'))
    form.append('title', 'A title')
    await keepShared(form, AT)
    expect(await texts()).toEqual([
      ['Brot & Käse.md', 'Keep it dry.'],
      ['tea.md', 'Steep it.'],
    ])
    expect(await texts()).toEqual([])
  })

  it('is a note when it is no file', async () => {
    const form = new FormData()
    form.append('title', 'Bread')
    form.append('text', 'Keep it dry.')
    form.append('url', 'https://example.org/bread')
    await keepShared(form, AT)
    expect(await texts()).toEqual([
      ['Shared 2026-11-20 14.05.txt', 'Bread\n\nKeep it dry.\n\nhttps://example.org/bread'],
    ])
  })

  it('is had by one of two that take it at the same time', async () => {
    const form = new FormData()
    form.append('files', new File(['x'], 'x.md'))
    await keepShared(form, AT)
    const taken = await Promise.all([takeShared(), takeShared()])
    expect(taken.flat()).toHaveLength(1)
  })
})
