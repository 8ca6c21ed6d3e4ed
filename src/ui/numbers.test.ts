import { describe, expect, it } from 'vitest'
import { formatBytes, formatMany } from './numbers.ts'

describe('numbers', () => {
  it('tell bytes in the unit that keeps them short', () => {
    const sizes = [0, 999, 1000, 4_200_000, 10_000_000_000, 999_999]
    expect(sizes.map(size => formatBytes(size, 'en'))).toEqual([
      '0 bytes',
      '999 bytes',
      '1 kB',
      '4.2 MB',
      '10 GB',
      '1 MB',
    ])
  })

  it('tell one from many, in the reader’s locale', () => {
    expect(formatMany(1, 'document', 'documents', 'en')).toBe('1 document')
    expect(formatMany(1204, 'document', 'documents', 'de')).toBe('1.204 documents')
  })
})
