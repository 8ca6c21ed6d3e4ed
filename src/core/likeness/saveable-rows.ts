import type { PartState, Saveable } from '../snapshot.ts'
import { SKETCH } from './sketch.ts'

/** No document's key. */
export const GONE = 0xffffffff

/** Rows of a table of sketches, in the order in which they were added. */
export interface SketchRows {
  /** `GONE` where a document is. */
  readonly keys: Uint32Array
  /** `SKETCH` bytes for each. */
  readonly sketches: Uint8Array
  readonly count: number
}

export interface SaveableRows {
  readonly saveable: Saveable
  changed(row: number): void
  changedAll(): void
}

/** Raised with every change to how texts become sketches, or rows bytes. */
const LAYOUT = 1
/** Rows in a part: half a megabyte. */
const ROWS = 4096
const ROW = 4 + SKETCH

/** The part that says how many rows there are, in four bytes. */
const COUNT = 'count'

/** Sketches in parts of 4,096 rows: key (four bytes, little-endian) and sketch. Only what has changed is written again. */
export function createSaveableRows(now: () => SketchRows, replace: (rows: SketchRows) => void): SaveableRows {
  let versions: number[] = []
  let newest = 0

  function versionedPart(part: number): PartState {
    const version = versions[part] ?? ++newest
    versions[part] = version
    return { name: nameOf(part), version }
  }

  const saveable: Saveable = {
    format: `belfry likeness ${LAYOUT}`,
    async parts() {
      const { count } = now()
      return [{ name: COUNT, version: count + 1 }, ...partsOf(count).map(versionedPart)]
    },
    async readPart(name) {
      const rows = now()
      if (name === COUNT) return new Uint8Array(Uint32Array.of(rows.count).buffer)
      const part = partsOf(rows.count).find(part => nameOf(part) === name)
      if (part === undefined) throw new Error(`expected the name of a part that is there, got ${name}`)
      return bytesOf(rows, part * ROWS, Math.min(rows.count, (part + 1) * ROWS))
    },
    async restore(parts) {
      try {
        const byName = new Map(parts.map(part => [part.name, part]))
        const inOrder = partsOf(ROWS * (parts.length - 1)).map(n => partCalled(nameOf(n), byName))
        const rows = rowsOf(await Promise.all(inOrder.map(part => part.read())))
        expectCount(rows.count, partCalled(COUNT, byName), await partCalled(COUNT, byName).read())
        replace(rows)
        versions = inOrder.map(({ version }) => version)
        newest = Math.max(newest, ...versions)
      } catch (error) {
        versions = []
        replace({ keys: new Uint32Array(0), sketches: new Uint8Array(0), count: 0 })
        throw error
      }
    },
  }

  return {
    saveable,
    changed: row => void (versions[Math.floor(row / ROWS)] = ++newest),
    changedAll: () => void (versions = []),
  }
}

/** The numbers of the parts that hold so many rows. */
function partsOf(count: number): number[] {
  return Array.from({ length: Math.max(0, Math.ceil(count / ROWS)) }, (_, part) => part)
}

function expectCount(count: number, { version }: PartState, bytes: Uint8Array): void {
  const said = bytes.length === 4 ? new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true) : NaN
  if (said === count && version === count + 1) return
  throw new Error(`expected ${said} rows, got ${count}`)
}

function nameOf(part: number): string {
  return `rows ${part}`
}

function partCalled<Part extends PartState>(name: string, parts: ReadonlyMap<string, Part>): Part {
  const part = parts.get(name)
  if (part === undefined) throw new Error(`expected a part with the name ${name}, got none`)
  return part
}

function bytesOf({ keys, sketches }: SketchRows, start: number, end: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array((end - start) * ROW)
  const view = new DataView(bytes.buffer)
  for (let row = start; row < end; row++) {
    const at = (row - start) * ROW
    view.setUint32(at, keys[row] as number, true)
    bytes.set(sketches.subarray(row * SKETCH, (row + 1) * SKETCH), at + 4)
  }
  return bytes
}

function rowsOf(parts: readonly Uint8Array[]): SketchRows {
  const length = parts.reduce((sum, part) => sum + part.length, 0)
  if (parts.some(part => part.length % ROW !== 0))
    throw new Error(`expected rows of ${ROW} bytes, got ${length} bytes`)
  const count = length / ROW
  const keys = new Uint32Array(count)
  const sketches = new Uint8Array(count * SKETCH)
  let row = 0
  for (const part of parts) {
    const view = new DataView(part.buffer, part.byteOffset, part.byteLength)
    for (let at = 0; at < part.length; at += ROW, row++) {
      keys[row] = view.getUint32(at, true)
      sketches.set(part.subarray(at + 4, at + ROW), row * SKETCH)
    }
  }
  expectOnce(keys)
  return { keys, sketches, count }
}

function expectOnce(keys: Uint32Array): void {
  const living = keys.filter(key => key !== GONE)
  const different = new Set(living).size
  if (different !== living.length)
    throw new Error(`expected each key once, got ${living.length} rows for ${different} keys`)
}
