import { describe, expect, it } from 'vitest'
import { codeOf } from '../../core/errors.ts'
import { createRandom } from '../../core/training/random.ts'
import { readOffice } from './read-office.ts'

const GOLDENS = import.meta.glob<unknown>('./fixtures/*.golden.json', { import: 'default', eager: true })
const FILES = import.meta.glob<string>('./fixtures/*.{docx,pptx,xlsx,odt,ods,odp,epub}', {
  query: '?url',
  import: 'default',
  eager: true,
})

async function bytesOf(name: string): Promise<Uint8Array<ArrayBuffer>> {
  const response = await fetch(FILES[name] ?? '')
  return new Uint8Array(await response.arrayBuffer())
}

describe('documents in a browser', () => {
  it.each(Object.keys(FILES))('%s is read as it is in Node', async name => {
    const reading = await readOffice(new Blob([await bytesOf(name)]))
    expect(JSON.parse(JSON.stringify(reading))).toEqual(GOLDENS[`${name}.golden.json`])
  })

  it('are refused with a sentence, and nothing hangs, where their packing is broken', async () => {
    const bytes = await bytesOf('./fixtures/handbook.epub')
    const random = createRandom(5)
    let refused = 0
    for (let i = 0; i < 100; i++) {
      const broken = bytes.slice(0, i % 4 === 0 ? random.below(bytes.length) : bytes.length)
      for (let n = 0; n < 20; n++) broken[random.below(broken.length)] = random.below(256)
      const code = await readOffice(new Blob([broken])).then(() => undefined, codeOf)
      if (code !== undefined) refused++
      expect([undefined, 'UnreadableFile']).toContain(code)
    }
    expect(refused).toBeGreaterThan(50)
  })
})
