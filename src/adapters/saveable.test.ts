import type { SavedPart } from '../core/snapshot.ts'
import { describeSaveable, type SaveableSubject } from './saveable.suite.ts'

describeSaveable('a list of numbers', createNumbers)

/** The least that can be saved: a number by key, in one part. */
function createNumbers(): SaveableSubject<[number, number][]> {
  let numbers = new Map<number, number>()
  let version = 0
  let newest = 0
  const changed = () => {
    newest++
    version = newest
  }
  return {
    saveable: {
      format: 'numbers 1',
      parts: async () => [{ name: 'numbers', version }],
      async readPart(name) {
        if (name !== 'numbers') throw new Error(`expected the name numbers, got ${name}`)
        const pairs = Uint32Array.from([...numbers].flat())
        return new Uint8Array(Uint32Array.of(numbers.size, ...pairs).buffer)
      },
      async restore(parts) {
        numbers = new Map()
        changed()
        numbers = await pairsOf(parts)
        version = parts[0]?.version ?? 0
        newest = Math.max(newest, version)
      },
    },
    async fill(keys, round) {
      for (const key of keys) numbers.set(key, 100 * key + round)
      changed()
    },
    async remove(keys) {
      for (const key of keys) numbers.delete(key)
      changed()
    },
    async clear() {
      numbers.clear()
      changed()
    },
    answers: async () => [...numbers].toSorted(([a], [b]) => a - b),
  }
}

async function pairsOf(parts: readonly SavedPart[]): Promise<Map<number, number>> {
  const [part] = parts
  if (part === undefined || parts.length > 1) throw new Error(`expected one part, got ${parts.length}`)
  const bytes = (await part.read()).slice()
  const [count = 0, ...values] = new Uint32Array(bytes.buffer, 0, bytes.length >>> 2)
  if (bytes.length !== 4 + 8 * count) throw new Error(`expected ${count} pairs, got ${bytes.length} bytes`)
  return new Map(Array.from({ length: count }, (_, i) => [values[2 * i] ?? 0, values[2 * i + 1] ?? 0]))
}
