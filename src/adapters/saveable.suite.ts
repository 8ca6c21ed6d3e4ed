import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { PartState, Saveable, SavedPart } from '../core/snapshot.ts'
import { createRandom } from '../core/training/random.ts'
import { keysUpTo } from './seeded-vectors.ts'

export interface SaveableSubject<A> {
  readonly saveable: Saveable
  /** What belongs to a key follows from the key and from `round` alone; a key that is there gets the new contents. */
  fill(keys: Uint32Array, round: number): Promise<void>
  /** Unknown keys are ignored. */
  remove(keys: Uint32Array): Promise<void>
  clear(): Promise<void>
  /** Its keys, and what it answers to some questions. */
  answers(): Promise<A>
}

type Create<A> = () => SaveableSubject<A> | Promise<SaveableSubject<A>>

/** What every `Saveable` promises; run it once for each. `compare` expects that two answers are the same. */
export function describeSaveable<A>(
  name: string,
  create: Create<A>,
  compare: (actual: A, expected: A) => void = (actual, expected) => expect(actual).toEqual(expected),
): void {
  const filled = async (count = 90) => {
    const subject = await create()
    await subject.fill(keysUpTo(count), 1)
    await subject.fill(keysUpTo(Math.floor(count / 3)), 2)
    await subject.remove(Uint32Array.of(1, Math.floor(count / 2), count - 1))
    return subject
  }
  const expectSame = async (actual: SaveableSubject<A>, expected: SaveableSubject<A>) =>
    compare(await actual.answers(), await expected.answers())

  describe(`${name} as something to be saved`, () => {
    it('answers as before when it is restored', async () => {
      const [subject, restored] = [await filled(), await create()]
      await restored.saveable.restore(readable(await save(subject.saveable)))
      await expectSame(restored, subject)
    })

    it('can be saved and restored while it is empty, and empty again', async () => {
      const [subject, restored] = [await create(), await filled()]
      await restored.saveable.restore(readable(await save(subject.saveable)))
      await expectSame(restored, subject)
      await restored.fill(keysUpTo(9), 1)
      await restored.clear()
      await subject.saveable.restore(readable(await save(restored.saveable)))
      await expectSame(subject, await create())
    })

    it('names each part once, and as before when it is restored', async () => {
      const [subject, restored] = [await filled(), await create()]
      const parts = await subject.saveable.parts()
      expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length)
      await restored.saveable.restore(readable(await save(subject.saveable)))
      expect(statesOf(await restored.saveable.parts())).toEqual(statesOf(parts))
      expect(restored.saveable.format).toBe(subject.saveable.format)
      expect(await save(restored.saveable)).toEqual(await save(subject.saveable))
    })

    it('gives copies of its bytes, the same each time', async () => {
      const subject = await filled()
      const before = await save(subject.saveable)
      for (const { name } of before) (await subject.saveable.readPart(name)).fill(255)
      expect(await save(subject.saveable)).toEqual(before)
      await expectSame(subject, await filled())
    })

    it('takes bytes wherever they lie in a buffer, and can be changed then', async () => {
      const [subject, restored] = [await filled(), await create()]
      const saved = await save(subject.saveable)
      await restored.saveable.restore(
        readable(saved.map(part => ({ ...part, bytes: atOddPlace(part.bytes) }))),
      )
      await restored.fill(keysUpTo(20), 3)
      await restored.remove(Uint32Array.of(30, 31))
      await subject.fill(keysUpTo(20), 3)
      await subject.remove(Uint32Array.of(30, 31))
      await expectSame(restored, subject)
    })

    it('changes no part by being asked', async () => {
      const subject = await filled()
      const before = await subject.saveable.parts()
      await subject.answers()
      expect(await subject.saveable.parts()).toEqual(before)
    })

    it('has no bytes for a part that it does not have', async () => {
      const subject = await filled()
      await expect(subject.saveable.readPart('no such part')).rejects.toThrow(Error)
    })

    it('takes the place of what was there, of the same history or another', async () => {
      const subject = await filled()
      const early = await save(subject.saveable)
      await subject.fill(keysUpTo(200), 4)
      await subject.saveable.restore(readable(early))
      await expectSame(subject, await filled())
    })

    it('goes on through any history as if it had never been saved', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 24, size: 'max' }), steps =>
          followSteps(create, expectSame, steps),
        ),
        { seed: 406, numRuns: 25 },
      )
    }, 30_000)

    it('is empty when a part is missing, unreadable, too short or too long, and can be filled then', async () => {
      const [subject, empty, saved] = [await filled(), await create(), await save((await filled()).saveable)]
      const refuses = async (parts: readonly SavedPart[]) => {
        await expect(subject.saveable.restore(parts)).rejects.toThrow(Error)
        await expectSame(subject, empty)
        await subject.fill(Uint32Array.of(3), 1)
      }
      for (const [i, part] of saved.entries()) {
        await refuses(readable(saved.filter(other => other !== part)))
        const unreadable = { ...part, read: () => Promise.reject(new Error('the part is damaged')) }
        await refuses(readable(saved).with(i, unreadable))
        for (const bytes of wrongLengthsOf(part.bytes))
          await refuses(readable(saved.with(i, { ...part, bytes })))
      }
      await subject.saveable.restore(readable(saved))
      await expectSame(subject, await filled())
    })

    it('refuses a part that belongs to nothing', async () => {
      const [subject, saved] = [await create(), await save((await filled()).saveable)]
      const foreign = { name: 'no such part', version: 1, bytes: new Uint8Array(64) }
      await expect(subject.saveable.restore(readable([...saved, foreign]))).rejects.toThrow(Error)
      await expectSame(subject, await create())
    })

    it('refuses damaged bytes, or works on with what they say', async () => {
      const [subject, empty, saved] = [await create(), await create(), await save((await filled()).saveable)]
      for (const [i, part] of saved.entries()) {
        for (const bytes of damagedFormsOf(part.bytes)) {
          const isTaken = await subject.saveable.restore(readable(saved.with(i, { ...part, bytes }))).then(
            () => true,
            () => false,
          )
          if (!isTaken) await expectSame(subject, empty)
          await subject.answers()
          await subject.fill(Uint32Array.of(3, 80), 5)
          await subject.remove(Uint32Array.of(4))
          await subject.answers()
        }
      }
      await subject.saveable.restore(readable(saved))
      await expectSame(subject, await filled())
    }, 30_000)
  })
}

interface Saved extends PartState {
  readonly bytes: Uint8Array<ArrayBuffer>
}

/** As a store does it: what `base` has in the same version is not asked for again. */
async function save(saveable: Saveable, base: readonly Saved[] = []): Promise<Saved[]> {
  const saved: Saved[] = []
  for (const { name, version } of await saveable.parts()) {
    const kept = base.find(part => part.name === name && part.version === version)
    saved.push(kept ?? { name, version, bytes: await saveable.readPart(name) })
  }
  return saved
}

function readable(saved: readonly Saved[]): SavedPart[] {
  return saved.map(({ name, version, bytes }) => ({ name, version, read: async () => copyOf(bytes) }))
}

/** At the same distance from the beginning of its buffer. */
function copyOf(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes.buffer.slice(0), bytes.byteOffset, bytes.length)
}

function atOddPlace(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const room = new Uint8Array(bytes.length + 8).fill(255)
  room.set(bytes, 3)
  return room.subarray(3, 3 + bytes.length)
}

function statesOf(parts: readonly PartState[]): string[] {
  return parts.map(stateOf).toSorted()
}

function stateOf({ name, version }: PartState): string {
  return `${name} in version ${version}`
}

function wrongLengthsOf(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const longer = new Uint8Array(bytes.length + 1)
  longer.set(bytes)
  const shorter = [0, 1, bytes.length >>> 1, bytes.length - 4, bytes.length - 1]
  return [longer, ...new Set(shorter)]
    .map(end => (typeof end === 'number' ? bytes.slice(0, Math.max(0, end)) : end))
    .filter(({ length }) => length !== bytes.length)
}

/** Bytes at the beginning, where headers are, and all over; so that numbers become larger, smaller, and huge. */
function damagedFormsOf(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer>[] {
  const random = createRandom(9)
  const places = bytes.length === 0 ? [] : Array.from({ length: 60 }, () => random.below(bytes.length))
  const all = new Set([...keysUpTo(Math.min(40, bytes.length)), ...places])
  return [...all].flatMap(place =>
    [1, 0x80, 0xff].map(bits => bytes.map((byte, i) => (i === place ? byte ^ bits : byte))),
  )
}

type Step =
  | { readonly action: 'fill' | 'remove'; readonly keys: readonly number[]; readonly round: number }
  | { readonly action: 'clear' | 'save' | 'restore' | 'restore elsewhere' }

const some = fc.array(fc.nat(20), { minLength: 1, maxLength: 6 })
const change = (action: 'fill' | 'remove') =>
  fc.record({ action: fc.constant(action), keys: some, round: fc.nat(5) })
const plain = (action: 'clear' | 'save' | 'restore' | 'restore elsewhere') => fc.constant({ action })
const step: fc.Arbitrary<Step> = fc.oneof(
  { weight: 6, arbitrary: change('fill') },
  { weight: 4, arbitrary: change('remove') },
  { weight: 1, arbitrary: plain('clear') },
  { weight: 4, arbitrary: plain('save') },
  { weight: 2, arbitrary: plain('restore') },
  { weight: 2, arbitrary: plain('restore elsewhere') },
)

/** Compares with one to which only those changes were made that nothing has taken back. */
async function followSteps<A>(
  create: Create<A>,
  expectSame: (actual: SaveableSubject<A>, expected: SaveableSubject<A>) => Promise<void>,
  steps: readonly Step[],
): Promise<void> {
  let [subject, never] = [await create(), await create()]
  let changes: Step[] = []
  let saved = { parts: await save(subject.saveable), changes }
  let bytesOf = bytesById(saved.parts)
  for (const step of steps) {
    if (step.action === 'save') {
      saved = { parts: await save(subject.saveable, saved.parts), changes }
    } else if (step.action === 'restore' || step.action === 'restore elsewhere') {
      if (step.action === 'restore elsewhere') {
        subject = await create()
        bytesOf = bytesById(saved.parts)
      }
      await subject.saveable.restore(readable(saved.parts))
      changes = saved.changes
      never = await create()
      for (const change of changes) await apply(never, change)
    } else {
      for (const either of [subject, never]) await apply(either, step)
      changes = [...changes, step]
    }
    await expectSame(subject, never)
    const parts = await save(subject.saveable)
    expect(new Set(parts.map(({ name }) => name)).size).toBe(parts.length)
    for (const [id, bytes] of bytesById(parts)) {
      // Element by element, an assertion takes seconds for all of them.
      expect(firstDifference(bytes, bytesOf.get(id) ?? bytes), id).toBe(-1)
      bytesOf.set(id, bytes)
    }
  }
}

function bytesById(parts: readonly Saved[]): Map<string, Uint8Array> {
  return new Map(parts.map(part => [stateOf(part), part.bytes]))
}

async function apply<A>(subject: SaveableSubject<A>, step: Step): Promise<void> {
  if (step.action === 'fill') await subject.fill(Uint32Array.from(new Set(step.keys)), step.round)
  if (step.action === 'remove') await subject.remove(Uint32Array.from(step.keys))
  if (step.action === 'clear') await subject.clear()
}

function firstDifference(bytes: Uint8Array, others: Uint8Array): number {
  return bytes.length === others.length ? bytes.findIndex((byte, i) => byte !== others[i]) : 0
}
