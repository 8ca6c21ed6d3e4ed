import type { Random } from '../../src/core/training/random.ts'
import { blobOf, makeZip, type PackedFile } from '../fixtures/make-zip.ts'
import { openZip } from '../../src/adapters/formats/zip-archive.ts'

type Bytes = Uint8Array<ArrayBuffer>
type Mutation = (bytes: Bytes, random: Random) => Bytes

const EXTREMES = [0, 1, 0x7f, 0xff, 0x7fff, 0xffff, 0x7fffffff, 0xffffffff]
const MARKUP = [
  '<',
  '>',
  '/>',
  '</',
  '"',
  '&',
  '&#0;',
  '&#x110000;',
  '<![CDATA[',
  '<!--',
  '<!DOCTYPE x [',
  '\0',
  '\uFFFE',
]
const NUMBERS = ['-1', '0', '999999999999', '1e308', 'NaN', '', '0x7f', '٣']

const MUTATIONS: readonly Mutation[] = [flip, truncate, setNumber, cutOut, repeat, swap]
const TEXT_MUTATIONS: readonly Mutation[] = [...MUTATIONS, insertMarkup, changeNumber, changeName]

/** A file with one to four things wrong with it. An archive is packed anew half of the time, around wrong contents. */
export async function mutated(bytes: Bytes, random: Random): Promise<Bytes> {
  const isZip = bytes[0] === 0x50 && bytes[1] === 0x4b
  if (isZip && random.next() < 0.6) return makeZip(mutatedFiles(await filesOf(bytes), random))
  return times(1 + random.below(4), bytes, piece => pick(MUTATIONS, random)(piece, random))
}

const unpacked = new WeakMap<Bytes, readonly PackedFile[]>()

async function filesOf(bytes: Bytes): Promise<readonly PackedFile[]> {
  const known = unpacked.get(bytes)
  if (known !== undefined) return known
  const archive = await openZip(blobOf(bytes))
  const files: PackedFile[] = []
  for (const entry of archive.entries)
    files.push({ name: entry.path, content: await archive.read(entry), stored: true })
  unpacked.set(bytes, files)
  return files
}

function mutatedFiles(files: readonly PackedFile[], random: Random): PackedFile[] {
  const changed = [...files]
  for (let n = 1 + random.below(3); n > 0; n--) {
    const i = random.below(changed.length)
    const j = random.below(changed.length)
    const one = changed[i]
    const other = changed[j]
    if (one === undefined || other === undefined) break
    const content = new Uint8Array(Buffer.from(one.content))
    const kind = random.below(10)
    if (kind === 0) changed.splice(i, 1)
    else if (kind === 1) changed[i] = { ...one, content: other.content }
    else if (kind === 2) changed[i] = { ...one, name: other.name }
    else if (kind === 3) changed[i] = { ...one, size: pick(EXTREMES, random) }
    else changed[i] = { ...one, content: pick(TEXT_MUTATIONS, random)(content, random) }
  }
  return changed
}

function flip(bytes: Bytes, random: Random): Bytes {
  const copy = bytes.slice()
  for (let n = 1 + random.below(8); n > 0 && copy.length > 0; n--)
    copy[random.below(copy.length)] = random.below(256)
  return copy
}

function truncate(bytes: Bytes, random: Random): Bytes {
  return bytes.slice(0, random.below(bytes.length + 1))
}

/** A length or an offset, where there is one. */
function setNumber(bytes: Bytes, random: Random): Bytes {
  const copy = bytes.slice()
  if (copy.length < 4) return copy
  const view = new DataView(copy.buffer)
  const at = random.below(copy.length - 3)
  if (random.next() < 0.5) view.setUint32(at, pick(EXTREMES, random), true)
  else view.setUint16(at, pick(EXTREMES, random), true)
  return copy
}

function cutOut(bytes: Bytes, random: Random): Bytes {
  const [start, end] = range(bytes, random)
  return joined(bytes.subarray(0, start), bytes.subarray(end))
}

function repeat(bytes: Bytes, random: Random): Bytes {
  const [start, end] = range(bytes, random)
  const piece = bytes.subarray(start, end)
  return joined(
    bytes.subarray(0, end),
    ...Array<Bytes>(1 + random.below(20)).fill(piece),
    bytes.subarray(end),
  )
}

function swap(bytes: Bytes, random: Random): Bytes {
  const [a, b] = range(bytes, random)
  const c = b + random.below(bytes.length - b + 1)
  return joined(bytes.subarray(0, a), bytes.subarray(b, c), bytes.subarray(a, b), bytes.subarray(c))
}

function insertMarkup(bytes: Bytes, random: Random): Bytes {
  const at = random.below(bytes.length + 1)
  const markup = new TextEncoder().encode(pick(MARKUP, random))
  return joined(bytes.subarray(0, at), markup, bytes.subarray(at))
}

function changeNumber(bytes: Bytes, random: Random): Bytes {
  return changeMatch(bytes, /\d+/g, () => pick(NUMBERS, random), random)
}

/** One element or attribute is called as another. */
function changeName(bytes: Bytes, random: Random): Bytes {
  const names = [...new TextDecoder().decode(bytes).matchAll(/(?<=[</ ])[a-zA-Z:]+(?=[ =>])/g)].map(
    ([name]) => name,
  )
  return changeMatch(bytes, /(?<=[</ ])[a-zA-Z:]+(?=[ =>])/g, () => pick(names, random), random)
}

function changeMatch(bytes: Bytes, pattern: RegExp, other: () => string, random: Random): Bytes {
  const text = new TextDecoder().decode(bytes)
  const matches = [...text.matchAll(pattern)]
  if (matches.length === 0) return bytes
  const { index, 0: found } = pick(matches, random)
  return new TextEncoder().encode(text.slice(0, index) + other() + text.slice(index + found.length))
}

function range(bytes: Bytes, random: Random): readonly [number, number] {
  const start = random.below(bytes.length + 1)
  return [start, Math.min(bytes.length, start + random.below(1 + (bytes.length >> random.below(8))))]
}

function joined(...pieces: readonly Uint8Array[]): Bytes {
  return new Uint8Array(Buffer.concat(pieces))
}

function times(n: number, bytes: Bytes, change: (bytes: Bytes) => Bytes): Bytes {
  return n === 0 ? bytes : times(n - 1, change(bytes), change)
}

function pick<T>(items: readonly T[], random: Random): T {
  const item = items[random.below(items.length)]
  if (item === undefined) throw new Error('expected something to pick from, got nothing')
  return item
}
