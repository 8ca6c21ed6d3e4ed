import fc from 'fast-check'

interface Change {
  readonly kind: string
  readonly at: number
  readonly to: number
  readonly byte: number
}

/** What may happen to a file of `length` bytes: bytes flipped, cut off, doubled, numbers grown, pieces swapped. */
export function changesOf(length: number): fc.Arbitrary<Change[]> {
  const place = fc.nat({ max: Math.max(0, length - 1) })
  const kind = fc.constantFrom('flip', 'cut', 'double', 'digit', 'swap', 'zero')
  const change = fc.record({ kind, at: place, to: place, byte: fc.nat({ max: 255 }) })
  return fc.array(change, { minLength: 1, maxLength: 12 })
}

export function changed(
  original: Uint8Array<ArrayBuffer>,
  changes: readonly Change[],
): Uint8Array<ArrayBuffer> {
  return changes.reduce(applied, original.slice())
}

function applied(bytes: Uint8Array<ArrayBuffer>, { kind, at, to, byte }: Change): Uint8Array<ArrayBuffer> {
  const [from, end] = at < to ? [at, to] : [to, at]
  const next = bytes.slice()
  switch (kind) {
    case 'cut':
      return at % 4 === 0
        ? bytes.slice(0, at)
        : joined(bytes.slice(0, from), bytes.slice(Math.min(end, from + 200)))
    case 'double':
      return joined(bytes.slice(0, from + 300), bytes.slice(from))
    case 'digit': {
      const digit = bytes.findIndex((value, i) => i >= at && value >= 0x30 && value <= 0x39)
      if (digit >= 0) next[digit] = 0x30 + (byte % 10)
      return next
    }
    case 'swap':
      return joined(bytes.slice(end), bytes.slice(0, end))
    case 'zero':
      return next.fill(0, from, Math.min(end, from + byte))
    default:
      next[at] = byte
      return next
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array<ArrayBuffer> {
  const both = new Uint8Array(a.length + b.length)
  both.set(a)
  both.set(b, a.length)
  return both
}
