import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { convertModel } from './convert-model.ts'
import fixture from './fixtures/rnn/answers.json' with { type: 'json' }
import { openModel, readModel } from './read-model.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'belfry-convert-'))
})

afterAll(() => rm(folder, { recursive: true }))

const fileOf = (name: string) => fileURLToPath(new URL(`./fixtures/rnn/${name}`, import.meta.url))

async function convert(name: string, ...flags: string[]): Promise<string> {
  const out = join(folder, `${name}${flags.join('')}`)
  const inputs = ['--weights', fileOf(`${name}.safetensors`), '--tokenizer', fileOf('tokenizer.json')]
  await convertModel([...inputs, '--out', out, ...flags])
  return out
}

async function tableBytes(model: string): Promise<number> {
  const { manifest } = await readModel(model)
  return manifest.files.find(({ path }) => path === 'table.bin')?.bytes ?? 0
}

/** Starting the runtime takes seconds on a busy machine. */
const PATIENT = { timeout: 60_000 }

describe('a converted recurrent model', PATIENT, () => {
  it.each(['gru', 'rnn', 'lstm'] as const)('answers as PyTorch does: %s', async name => {
    const encoder = await openModel(await convert(name, '--bits', '32'), 1)
    for (const side of ['query', 'document'] as const) {
      const got = await encoder.encode(fixture.texts, side)
      const expected = fixture.answers[name][side].flat()
      expect(got.length).toBe(expected.length)
      expected.forEach((value, i) => expect(Math.abs((got[i] ?? Number.NaN) - value)).toBeLessThan(1e-4))
    }
    await encoder.close()
  })

  it('is near it with a table of int8, which is a quarter as large', async () => {
    const [exact, small] = [await convert('gru', '--bits', '32'), await convert('gru')]
    expect(await tableBytes(small)).toBe((await tableBytes(exact)) / 4)
    const encoder = await openModel(small, 1)
    const got = await encoder.encode(fixture.texts, 'query')
    const cosines = fixture.answers.gru.query.map((row, text) =>
      row.reduce((sum, value, d) => sum + value * (got[text * row.length + d] ?? 0), 0),
    )
    expect(Math.min(...cosines)).toBeGreaterThan(0.999)
    await encoder.close()
  })

  it('is refused in a sentence when the towers cannot be told apart', async () => {
    await expect(convert('gru', '--query', 'question')).rejects.toThrow(
      /expected a recurrent layer for each tower, got .*doc_encoder/,
    )
  })
})
