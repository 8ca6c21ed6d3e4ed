/**
 * Vectors and their graph as they lie in memory, in parts of 1,024 slots that are written again only when they have
 * changed. The graph is among them once it is complete; before, the rows alone are.
 */
import { readParts } from '../core/read-parts.ts'
import type { PartState, SavedPart, Saveable } from '../core/snapshot.ts'
import { type GraphState, SEGMENT_SLOTS, type SearchKernels } from '../kernels/search-kernels.ts'
import type { KernelTable } from './kernel-table.ts'

/** Counts up with every change of the layout in memory, or of the numbers in `table`. */
const LAYOUT = 1
const TABLE = 'table'
const KEYS_BYTES = 4 * SEGMENT_SLOTS
const MOST_SLOTS = 2 ** 26

interface TableNumbers extends GraphState {
  readonly size: number
  readonly linked: number
}

export function createTableSaveable(table: KernelTable): Saveable {
  return {
    format: `belfry vectors ${LAYOUT}, ${table.dimension} values`,

    async parts() {
      const numbers = numbersOf(table)
      const segments = segmentsOf(numbers.size)
      const rows = segments.map(n => ({ name: rowsName(n), version: table.versions[n] ?? 0 }))
      const links = segmentsOf(numbers.linked).map(n => ({
        name: linksName(n),
        version: table.kernels.stampOf(n),
      }))
      return [{ name: TABLE, version: versionOf(table, numbers) }, ...rows, ...links]
    },

    async readPart(name) {
      if (name === TABLE) return bytesOf(numbersOf(table))
      const segment = Number(name.split(' ')[1])
      const { size, linked } = numbersOf(table)
      if (name === rowsName(segment) && segment * SEGMENT_SLOTS < size) return copyRows(table, segment)
      if (name === linksName(segment) && segment * SEGMENT_SLOTS < linked) {
        return table.kernels.linksOf(segment).slice()
      }
      throw new Error(`expected the name of a part, got ${JSON.stringify(name)}`)
    },

    async restore(parts) {
      try {
        await restore(table, new Map(parts.map(part => [part.name, part])))
      } catch (error) {
        table.clear()
        throw error
      }
    },
  }
}

async function restore(table: KernelTable, parts: ReadonlyMap<string, SavedPart>): Promise<void> {
  const part = partNamed(parts, TABLE)
  const numbers = readNumbers(await part.read())
  expectAllParts(numbers, parts)
  const kernels = table.createKernels()
  if (!kernels.reserve(numbers.size)) throw new Error(`expected memory for ${numbers.size} vectors, got none`)
  const keys = new Uint32Array(SEGMENT_SLOTS * segmentsOf(numbers.size).length)
  const versions: number[] = []
  const rows = segmentsOf(numbers.size).map(segment => partNamed(parts, rowsName(segment)))
  for await (const { part, bytes: read } of readParts(rows)) {
    const segment = versions.length
    const bytes = sized(read, KEYS_BYTES + kernels.rowsOf(segment).length, part)
    new Uint8Array(keys.buffer, KEYS_BYTES * segment, KEYS_BYTES).set(bytes.subarray(0, KEYS_BYTES))
    kernels.rowsOf(segment).set(bytes.subarray(KEYS_BYTES))
    versions.push(part.version)
  }
  await restoreLinks(kernels, numbers, parts)
  const { size, linked } = numbers
  table.adopt({
    kernels,
    linked,
    versions,
    changes: changesOf(part, numbers),
    keys: keys.subarray(0, size),
    isDead: slot => kernels.isDead(slot),
  })
}

async function restoreLinks(
  kernels: SearchKernels,
  numbers: TableNumbers,
  parts: ReadonlyMap<string, SavedPart>,
): Promise<void> {
  if (numbers.linked === 0) return
  const stamps: number[] = []
  const links = segmentsOf(numbers.linked).map(segment => partNamed(parts, linksName(segment)))
  for await (const { part, bytes } of readParts(links)) {
    const segment = stamps.length
    kernels.linksOf(segment).set(sized(bytes, kernels.linksOf(segment).length, part))
    stamps.push(part.version)
  }
  const graph = { ...numbers, stamp: Math.max(numbers.stamp, kernels.graph().stamp) }
  if (!kernels.restoreGraph(numbers.linked, graph, stamps)) {
    throw new Error(`expected a graph of ${numbers.linked} vectors, got links that lead out of it`)
  }
}

/** A graph that is not complete yet is none: it changes from one moment to the next. */
function numbersOf({ kernels, linked, slots }: KernelTable): TableNumbers {
  const size = slots.size()
  const isComplete = linked > 0 && linked === size
  return { ...kernels.graph(), size, linked: isComplete ? linked : 0 }
}

/** Rises with every change of a row or a link, and with the graph becoming complete. */
function versionOf({ changes }: KernelTable, { stamp, linked }: TableNumbers): number {
  return 2 * (changes + stamp) + (linked > 0 ? 1 : 0)
}

function changesOf({ version }: PartState, { stamp }: TableNumbers): number {
  return Math.floor(version / 2) - stamp
}

function copyRows({ kernels, slots }: KernelTable, segment: number): Uint8Array<ArrayBuffer> {
  const rows = kernels.rowsOf(segment)
  const bytes = new Uint8Array(KEYS_BYTES + rows.length)
  const first = SEGMENT_SLOTS * segment
  const count = Math.min(SEGMENT_SLOTS, slots.size() - first)
  new Uint32Array(bytes.buffer, 0, count).set(
    Uint32Array.from({ length: count }, (_, i) => slots.keyAt(first + i)),
  )
  bytes.set(rows, KEYS_BYTES)
  return bytes
}

function bytesOf({ size, linked, entry, topLayer, stamp }: TableNumbers): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Uint32Array.of(size, linked, entry, topLayer + 1, stamp).buffer)
}

function readNumbers(bytes: Uint8Array<ArrayBuffer>): TableNumbers {
  if (bytes.length !== 20) throw new Error(`expected 20 bytes about a table, got ${bytes.length}`)
  const [size = 0, linked = 0, entry = 0, layers = 0, stamp = 0] = new Uint32Array(bytes.slice().buffer)
  if (size > MOST_SLOTS || linked > size) {
    throw new Error(`expected at most ${MOST_SLOTS} slots and no more links, got ${size} and ${linked}`)
  }
  return { size, linked, entry, topLayer: layers - 1, stamp }
}

function segmentsOf(slots: number): number[] {
  return Array.from({ length: Math.ceil(slots / SEGMENT_SLOTS) }, (_, segment) => segment)
}

function rowsName(segment: number): string {
  return `rows ${segment}`
}

function linksName(segment: number): string {
  return `links ${segment}`
}

function expectAllParts({ size, linked }: TableNumbers, parts: ReadonlyMap<string, SavedPart>): void {
  const names = [TABLE, ...segmentsOf(size).map(rowsName), ...segmentsOf(linked).map(linksName)]
  if (names.length !== parts.size) throw new Error(`expected ${names.length} parts, got ${parts.size}`)
  for (const name of names) partNamed(parts, name)
}

function partNamed(parts: ReadonlyMap<string, SavedPart>, name: string): SavedPart {
  const part = parts.get(name)
  if (part === undefined) throw new Error(`expected a part “${name}”, got none`)
  return part
}

function sized(bytes: Uint8Array<ArrayBuffer>, length: number, { name }: SavedPart): Uint8Array<ArrayBuffer> {
  if (bytes.length !== length) throw new Error(`expected ${length} bytes of “${name}”, got ${bytes.length}`)
  return bytes
}
