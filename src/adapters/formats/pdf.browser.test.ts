import { expect, test } from 'vitest'
import type { Reading } from '../reading.ts'

async function readInWorker(name: string): Promise<Reading> {
  const response = await fetch(new URL(`./fixtures/${name}`, import.meta.url))
  const bytes = new Uint8Array(await response.arrayBuffer())
  const worker = new Worker(new URL('./pdf-worker.suite.ts', import.meta.url), { type: 'module' })
  const answer = new Promise<Reading>((resolve, reject) => {
    worker.addEventListener('message', ({ data }: MessageEvent<{ reading?: Reading; problem?: string }>) => {
      if (data.reading !== undefined) resolve(data.reading)
      if (data.problem !== undefined) reject(new Error(data.problem))
    })
    worker.addEventListener('error', event => reject(new Error(event.message)))
  })
  worker.postMessage(bytes)
  return answer.finally(() => worker.terminate())
}

test('reads a PDF in a worker of the browser', { timeout: 60_000 }, async () => {
  const { title, blocks } = await readInWorker('tagged.pdf')
  expect(title).toBe('Report on the Northern Lights')
  expect(blocks.find(({ page }) => page === 2)).toEqual({ text: 'Keepers', level: 2, page: 2 })
})

test('fetches the character maps from its own origin', { timeout: 60_000 }, async () => {
  const { blocks } = await readInWorker('japanese.pdf')
  expect(blocks).toEqual([{ text: '灯台の光', page: 1 }])
})

test('says in a worker as well that the pages are pictures', { timeout: 60_000 }, async () => {
  await expect(readInWorker('scanned.pdf')).rejects.toThrow('This PDF holds pictures of pages')
})
