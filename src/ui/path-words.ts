import type { SearchPath } from '../core/ports/vector-index.ts'
import { formatCount, formatMany } from './numbers.ts'

/** How the nearest by meaning were found, in a sentence or two. */
export function pathWords(path: SearchPath, locale?: string): string {
  const among = formatMany(path.among, 'passage', 'passages', locale)
  if (path.kind === 'scan') return `Meaning was compared with ${among}, all there are: nothing was missed.`
  const compared =
    path.compared === undefined
      ? `Links were followed among ${among}.`
      : `Links were followed: ${formatCount(path.compared, locale)} of ${among} were compared.`
  return `${compared} ${recallWords(path, locale)}`
}

function recallWords({ recall, measuredOn }: SearchPath, locale?: string): string {
  if (recall === undefined) return 'How many of the nearest that finds is being measured.'
  const share = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 }).format(recall)
  return `In ${formatMany(measuredOn, 'search', 'searches', locale)} looked at again, that found ${share} of the nearest.`
}
