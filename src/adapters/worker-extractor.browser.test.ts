import { describe, expect, it } from 'vitest'
import type { SourceFile } from '../core/ports/files.ts'
import { describeExtractor, readDocument } from './extractor.suite.ts'
import { createWorkerExtractor } from './worker-extractor.ts'

describeExtractor('text in a worker', () => createWorkerExtractor())

const file = (name: string, text: string): SourceFile => ({
  name,
  path: name,
  modifiedAt: 0,
  blob: new Blob([text]),
})

/** A worker that speaks comlink's protocol just well enough to misbehave, in the way its script says. */
const spawnScript = (script: string) => () => new Worker(URL.createObjectURL(new Blob([script])))

describe('extractor in a worker', () => {
  it('answers the hundredth file as it does the first', async () => {
    const extractor = createWorkerExtractor()
    for (let i = 0; i < 100; i++) {
      const { text } = await readDocument(extractor, file(`${i}.txt`, `Words of file ${i}.`))
      expect(text).toBe(`Words of file ${i}.`)
      // Fills memory, so that what nobody holds is collected on the way.
      new Float64Array(1_000_000).fill(i)
    }
  })

  it('gives a file up that hangs its reader, and goes on with a new one', async () => {
    let spawned = 0
    const spawn = () => {
      spawned++
      if (spawned === 1) return spawnScript('onmessage = () => { for (;;) {} }')()
      return new Worker(new URL('../../workers/extract.ts', import.meta.url), { type: 'module' })
    }
    const extractor = createWorkerExtractor(spawn, 5000)
    await expect(readDocument(extractor, file('hangs.txt', 'x'))).rejects.toMatchObject({
      name: 'UnreadableFile',
      message: '“hangs.txt” could not be read: reading took longer than 5 s. The file was skipped.',
    })
    expect((await readDocument(extractor, file('good.txt', 'Words.'))).text).toBe('Words.')
  })

  it('gives a file up that brings its reader down', async () => {
    const extractor = createWorkerExtractor(spawnScript('onmessage = () => { throw new Error("crash") }'))
    await expect(readDocument(extractor, file('bad.txt', 'x'))).rejects.toMatchObject({
      name: 'UnreadableFile',
    })
  })
})
