import { normaliseLine } from '../../core/text/normalise-text.ts'

const LONGEST = 120

/**
 * A name that somebody else gave, as the last part of a path: one line, no folders, no characters that systems forbid, no
 * dots in front; `fallback` when nothing is left.
 */
export function innerName(name: string | undefined, fallback: string): string {
  const line = normaliseLine((name ?? '').slice(0, 1000).replace(/^.*[/\\]/s, ''))
  const clean = line.replace(/[<>:"|?*/\\]/g, '_').replace(/^[.\s]+|[.\s]+$/g, '')
  if (clean === '') return fallback
  if (clean.length <= LONGEST) return clean
  const extension = /\.\w{1,8}$/.exec(clean)?.[0] ?? ''
  return `${clean.slice(0, LONGEST - extension.length).replace(/[\uD800-\uDBFF]$/, '')}${extension}`
}

/** Makes names differ that would be the same, by a number: `a.pdf`, `a (2).pdf`. */
export function createDistinctNames(): (name: string) => string {
  const counts = new Map<string, number>()
  return name => {
    const count = (counts.get(name.toLowerCase()) ?? 0) + 1
    counts.set(name.toLowerCase(), count)
    return count === 1 ? name : name.replace(/(\.\w{1,8})?$/, extension => ` (${count})${extension}`)
  }
}
