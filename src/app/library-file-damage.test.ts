import { beforeAll, describe, expect, it } from 'vitest'
import { codeOf } from '../core/errors.ts'
import { createRandom, type Random } from '../core/training/random.ts'
import {
  contentOf,
  createDevice,
  createFullDevice,
  type Device,
  fill,
  WITHOUT_LOCK,
} from './transfer.suite.ts'

/** Damages of each kind; `BELFRY_DAMAGES=20000 npx vitest run --project unit library-file-damage` takes minutes. */
const DAMAGES = Number(process.env['BELFRY_DAMAGES'] ?? 30)
const PASSPHRASE = 'open sesame'

const KINDS: Readonly<Record<string, (bytes: Uint8Array, random: Random) => Uint8Array>> = {
  'a flipped bit': flipBit,
  // Most of a file is text and vectors; its first bytes say how all the rest is read.
  'a flipped bit near the beginning': (bytes, random) => flipBit(bytes, random, 200),
  'a missing end': (bytes, random) => bytes.slice(0, random.below(bytes.length)),
  'bytes behind the end': (bytes, random) => joined(bytes, new Uint8Array(1 + random.below(40))),
  'a missing piece': (bytes, random) => {
    const start = random.below(bytes.length)
    return joined(bytes.slice(0, start), bytes.slice(start + 1 + random.below(70_000)))
  },
  'two swapped pieces': (bytes, random) => {
    const size = 1 + random.below(Math.floor(bytes.length / 2))
    const swapped = joined(bytes.slice(size, 2 * size), bytes.slice(0, size), bytes.slice(2 * size))
    return swapped
  },
  'a repeated piece': (bytes, random) => {
    const start = random.below(bytes.length)
    const end = Math.min(bytes.length, start + 1 + random.below(70_000))
    return joined(bytes.slice(0, end), bytes.slice(start))
  },
}

describe.each([
  ['a library file', undefined],
  ['a locked library file', PASSPHRASE],
])('%s', (_, passphrase) => {
  let whole: Uint8Array
  let device: Device
  let before: Awaited<ReturnType<typeof contentOf>>

  beforeAll(async () => {
    const from = await createFullDevice()
    // Long enough for several frames.
    const [some] = await from.ports.library.load((await from.ports.library.documents()).map(({ id }) => id))
    if (some === undefined) throw new Error('expected a document in the library, found none')
    const text = 'A sentence of a long story about the sea. '.repeat(4000)
    await fill(from.ports.library, [{ ...some, text, passages: some.contents.passages }])
    whole = new Uint8Array(await (await from.export({ ...WITHOUT_LOCK, passphrase })).arrayBuffer())
    device = createDevice()
    before = await contentOf(device)
  })

  it('is taken in when nothing is wrong with it', async () => {
    const outcome = await createDevice().import(new Blob([new Uint8Array(whole)]), passphrase)
    expect(outcome).toMatchObject({ kind: 'imported', counts: { added: 5 } })
  })

  it.each(Object.entries(KINDS))(
    'with %s is refused with a sentence, and changes nothing',
    async (_, damage) => {
      const random = createRandom(7)
      for (let n = 0; n < DAMAGES; n++) {
        const bytes = damage(whole, random)
        if (Buffer.compare(bytes, whole) === 0) continue
        const outcome = await device.import(new Blob([new Uint8Array(bytes)]), passphrase)
        if (outcome.kind !== 'failed')
          throw new Error(`expected damage ${n} to be refused, got ${outcome.kind}`)
        expect(codeOf({ name: outcome.code })).toMatch(/BadLibraryFile|WrongPassphrase/)
        expect(outcome.sentence).toMatch(/^This .*\.$/)
      }
      expect(await contentOf(device)).toEqual(before)
      expect(device.events.filter(({ type }) => type === 'document-added')).toEqual([])
    },
    600_000,
  )
})

function flipBit(bytes: Uint8Array, random: Random, within = bytes.length): Uint8Array {
  const flipped = bytes.slice()
  const at = random.below(within)
  flipped[at] = (flipped[at] ?? 0) ^ (1 << random.below(8))
  return flipped
}

function joined(...pieces: readonly Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(pieces))
}
