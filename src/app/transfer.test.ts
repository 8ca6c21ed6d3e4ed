import fc from 'fast-check'
import { createMemoryWaitingFiles } from '../adapters/memory-waiting-files.ts'
import { describe, expect, it } from 'vitest'
import { createMemoryLibrary } from '../adapters/memory-library.ts'
import type { SpaceId } from '../core/document.ts'
import { failure } from '../core/errors.ts'
import type { BlobLike } from '../core/ports/files.ts'
import type { Library } from '../core/ports/library.ts'
import { anyDocuments } from './any-documents.suite.ts'
import {
  contentOf,
  createDevice,
  createFullDevice,
  fill,
  headAt,
  openingAt,
  WITHOUT_LOCK,
} from './transfer.suite.ts'

const LOCKED = { passphrase: 'ein Geheimnis für zwei', openings: true }

describe('a library in one file', () => {
  it('is equal on the other device, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyDocuments, fc.boolean(), async (documents, locked) => {
        const options = locked ? LOCKED : WITHOUT_LOCK
        const from = createDevice()
        await fill(from.ports.library, documents)
        const file = await from.export(options)
        // Without a model nothing is embedded anew, so that all can be compared.
        const to = createDevice({}, { encoder: undefined })
        const outcome = await to.import(file, options.passphrase)
        expect(outcome).toMatchObject({ kind: 'imported', counts: { added: documents.length, skipped: 0 } })
        expect(await contentOf(to)).toEqual(await contentOf(from))
      }),
      { seed: 1, numRuns: 30 },
    )
  }, 30_000)

  it('carries learned heads, which of them is in use, and the openings', async () => {
    const from = await createFullDevice()
    const to = createDevice({}, { encoder: undefined })
    const outcome = await to.import(await from.export())
    expect(outcome).toMatchObject({ kind: 'imported', counts: { heads: 3, openings: 3 } })
    expect(await contentOf(to)).toEqual(await contentOf(from))
  })

  it('leaves the openings out unless they are asked for', async () => {
    const from = await createFullDevice()
    const to = createDevice()
    await to.import(await from.export({ passphrase: undefined, openings: false }))
    expect(await to.ports.log.size()).toBe(0)
  })

  it('can be searched when it has arrived, with vectors of its own or of the new model', async () => {
    const from = await createFullDevice()
    const to = createDevice()
    const outcome = await to.import(await from.export())
    const documents = await to.ports.library.documents()
    expect(documents.map(({ space }) => space)).toEqual(documents.map(() => 'hash-64'))
    const foreign = (await from.ports.library.documents()).filter(({ space }) => space !== 'hash-64')
    expect(foreign.length).toBeGreaterThan(0)
    expect(outcome).toMatchObject({ counts: { embedded: foreign.length } })
    expect(to.indexes.catalogue.documents()).toEqual(documents)
    const passages = documents.reduce((sum, { passageCount }) => sum + passageCount, 0)
    expect(await to.indexes.vectors?.keys()).toHaveLength(passages)
    for (const { document, vectors } of await to.ports.library.load(documents.map(({ id }) => id))) {
      expect(vectors).toHaveLength(document.passageCount * 64)
    }
  })

  it('is skipped document by document where it is there already', async () => {
    const device = await createFullDevice()
    const before = await contentOf(device)
    const outcome = await device.import(await device.export())
    expect(outcome).toEqual({
      kind: 'imported',
      counts: { added: 0, skipped: 5, embedded: 0, heads: 0, openings: 0 },
    })
    expect((await contentOf(device)).heads).toEqual(before.heads)
    expect((await contentOf(device)).openings).toEqual(before.openings)
  })

  it('adds heads beside those that are there, and leaves the one in use', async () => {
    const from = await createFullDevice()
    const to = createDevice()
    await to.ports.heads.keep(headAt('tower', 9))
    await to.import(await from.export())
    expect((await to.ports.heads.versions('tower')).map(({ learnedAt }) => learnedAt)).toEqual([9, 1, 2, 3])
    expect(await to.ports.heads.inUse('tower')).toBe(1)
  })

  it('never switches noting on, and keeps the openings that were there', async () => {
    const from = await createFullDevice()
    const to = createDevice()
    await to.ports.log.turn(false)
    await to.ports.log.append(openingAt(2))
    await to.ports.log.append(openingAt(7))
    const outcome = await to.import(await from.export())
    expect(outcome).toMatchObject({ counts: { openings: 2 } })
    expect(await to.ports.log.isOn()).toBe(false)
    expect((await to.ports.log.all()).map(({ at }) => at)).toEqual([1, 2, 3, 7])
  })

  it('carries how documents are cut, and what they need to be cut again', async () => {
    const from = await createFullDevice()
    const passages = { size: 'short', overlap: 'much', trail: false } as const
    await from.ports.settings.choosePassages(passages)
    const [, second] = await from.ports.library.documents()
    const [first] = await from.ports.library.load(second === undefined ? [] : [second.id])
    if (first === undefined) throw new Error('expected a document, found none')
    const outline = { headings: [{ offset: 2, level: 3, text: 'Sails' }], pages: [{ offset: 0, page: 1 }] }
    const document = { ...first.document, cut: passages, cutAt: 70 }
    await from.ports.library.put(document, { ...first.contents, outline }, first.vectors)
    const file = await from.export()

    const to = createDevice()
    await to.import(file)
    expect(await to.ports.settings.passages()).toEqual(passages)
    const [taken] = await to.ports.library.load([first.document.id])
    expect(taken?.document).toMatchObject({ cut: passages, cutAt: 70 })
    expect(taken?.contents).toEqual({ ...first.contents, outline })

    const chosen = createDevice()
    await chosen.ports.settings.choosePassages({ ...passages, size: 'long' })
    await chosen.import(file)
    expect((await chosen.ports.settings.passages()).size).toBe('long')
  })

  it('says what it is before it is opened, unless it is locked', async () => {
    const device = await createFullDevice()
    const glance = await device.transfer.glanceAtLibraryFile(await device.export())
    expect(glance).toMatchObject({
      locked: false,
      info: { documents: 5, openings: true, model: { name: 'Hashed words', dimension: 64 } },
    })
    expect(await device.transfer.glanceAtLibraryFile(await device.export(LOCKED))).toEqual({
      locked: true,
      info: undefined,
    })
    expect(
      await device.transfer.glanceAtLibraryFile(new Blob(['# A note, and no library at all, however long'])),
    ).toEqual({
      problem: 'This library file cannot be used: it is not a library that Belfry has exported.',
    })
  })
})

describe('a locked library', () => {
  it('does not open without its passphrase, and says so', async () => {
    const file = await (await createFullDevice()).export(LOCKED)
    const to = createDevice()
    for (const wrong of [undefined, '', 'ein Geheimnis für drei']) {
      expect(await to.import(file, wrong)).toMatchObject({ kind: 'failed', code: 'WrongPassphrase' })
    }
    expect(await to.ports.library.documents()).toEqual([])
  })

  it('opens with the passphrase typed in other code points', async () => {
    const file = await (await createFullDevice()).export(LOCKED)
    const outcome = await createDevice().import(file, LOCKED.passphrase.normalize('NFD'))
    expect(outcome.kind).toBe('imported')
  })

  it('shows nothing of what is in it', async () => {
    const device = createDevice()
    const [documents = []] = fc.sample(anyDocuments, { seed: 3, numRuns: 1 })
    const plain = documents.map(written => ({
      ...written,
      text: 'plainly to be read '.repeat(20),
      passages: [],
    }))
    await fill(
      device.ports.library,
      plain.map(one => ({
        ...one,
        vectors: new Float32Array(0),
        document: { ...one.document, passageCount: 0 },
      })),
    )
    const open = await (await device.export()).text()
    const locked = await (await device.export(LOCKED)).text()
    expect(open).toContain('plainly to be read')
    expect(locked).not.toContain('plainly')
  })
})

describe('when the transfer stops half-way', () => {
  it('leaves whole documents and says how many when the disk is full, and goes on when there is room', async () => {
    const from = await createFullDevice()
    const file = await from.export()
    const library = createMemoryLibrary()
    let room = 2
    const small: Library = {
      ...library,
      put(...given) {
        if (room-- > 0) return library.put(...given)
        throw failure('StorageFull', 'The browser has no more space for Belfry on this device.')
      },
    }
    const to = createDevice({ library: small })
    expect(await to.import(file)).toEqual({
      kind: 'failed',
      code: 'StorageFull',
      sentence:
        'The browser has no more space for Belfry on this device. 2 of its 5 documents were added and stay, 0 were here before, 3 are missing. Import the file again for the rest.',
    })
    expect(await library.documents()).toHaveLength(2)
    expect(to.indexes.catalogue.documents()).toHaveLength(2)
    room = 100
    expect(await to.import(file)).toMatchObject({ kind: 'imported', counts: { added: 3, skipped: 2 } })
  })

  it('keeps what was taken in when it is cancelled, and nothing when that was while checking', async () => {
    const file = await (await createFullDevice()).export()
    for (const [step, expected] of [
      ['checking', 0],
      ['importing', 1],
    ] as const) {
      const library = createMemoryLibrary()
      const to: ReturnType<typeof createDevice> = createDevice({
        library,
        clock: {
          now: () => 0,
          async breathe() {
            const last = to.events.at(-1)
            const isThere =
              last?.type === 'document-added' || (step === 'checking' && last?.type === 'transfer-progressed')
            if (isThere) await to.transfer.cancelTransfer()
          },
        },
      })
      expect((await to.import(file)).kind).toBe('cancelled')
      expect(await library.documents()).toHaveLength(expected)
    }
  })

  it('leaves no file behind when the export fails or is cancelled', async () => {
    for (const reason of ['cancelled', 'failed'] as const) {
      const told: string[] = []
      const sink = {
        write: async () => {
          if (reason === 'failed') throw failure('StorageFull', 'no room')
        },
        close: async (): Promise<BlobLike | undefined> => void told.push('closed'),
        abort: async () => void told.push('aborted'),
      }
      const device: Awaited<ReturnType<typeof createFullDevice>> = await createFullDevice({
        openFileSink: async () => sink,
        clock: {
          now: () => 0,
          breathe: async () => {
            if (reason === 'cancelled') await device.transfer.cancelTransfer()
          },
        },
      })
      expect(await device.transfer.exportLibrary(WITHOUT_LOCK)).toBeUndefined()
      expect(device.events.at(-1)).toMatchObject({ type: 'transfer-ended', outcome: { kind: reason } })
      expect(told).toEqual(['aborted'])
    }
  })

  it('writes to a chosen place and gives no second file', async () => {
    const written: Uint8Array[] = []
    const place = {
      createWritable: async () => ({
        write: async (bytes: Uint8Array<ArrayBuffer>) => void written.push(bytes.slice()),
        close: async () => undefined,
        abort: async () => undefined,
      }),
    }
    const device = await createFullDevice()
    expect(await device.transfer.exportLibrary(WITHOUT_LOCK, place)).toBeUndefined()
    const to = createDevice({}, { encoder: undefined })
    await to.import(new Blob(written as BlobPart[]))
    expect(await contentOf(to)).toEqual(await contentOf(device))
  })

  it('runs one transfer at a time', async () => {
    const device = await createFullDevice()
    const both = await Promise.all([device.export(), device.transfer.exportLibrary(WITHOUT_LOCK)])
    expect(both[0]).toBeInstanceOf(Blob)
    expect(both[1]).toBeUndefined()
    expect(device.events.filter(({ type }) => type === 'transfer-ended')).toHaveLength(1)
  })
})

it('tells what takes space beside the documents', async () => {
  const waiting = createMemoryWaitingFiles()
  const device = await createFullDevice({ waiting })
  const file = { id: 'a', name: 'a.md', path: 'a.md', bytes: 3, modifiedAt: 0 }
  await waiting.note('tab', [file])
  await waiting.keep([{ id: 'a', blob: new Blob(['tea']) }])
  await device.transfer.measureStorage()
  expect(device.events.at(-1)).toEqual({
    type: 'storage-measured',
    storage: { model: 0, indexes: 0, waiting: 3, heads: 3, headBytes: 48, openings: 3 },
  })
})

it('embeds anew what names the space of the model and has vectors of another length', async () => {
  const from = await createFullDevice()
  const [stored] = await from.ports.library.load((await from.ports.library.documents()).map(({ id }) => id))
  if (stored === undefined) throw new Error('expected a document in the library, found none')
  const contents = { text: 'A ship at anchor.', passages: [{ start: 0, end: 17, trail: [] }] }
  const document = { ...stored.document, passageCount: 1, space: 'hash-64' as SpaceId }
  await from.ports.library.clear()
  await from.ports.library.put(document, contents, Float32Array.of(1, 0, 0))
  const to = createDevice()
  expect(await to.import(await from.export())).toMatchObject({ counts: { added: 1, embedded: 1 } })
  expect((await to.ports.library.load([document.id]))[0]?.vectors).toHaveLength(64)
})
