import type { Clock } from '../core/ports/platform.ts'
import type { SearchAnswer } from '../core/ranking/answer.ts'
import { findPassages, type FindPorts } from './find-passages.ts'
import { bestBodies, readTexts, showFound, type ShowPorts } from './show-found.ts'

export interface SearchPorts extends FindPorts, ShowPorts {
  readonly clock: Clock
}

/** Documents that are shown before the texts of the others are read: more than a screen holds. */
const AT_ONCE = 6

/**
 * Tells `answered` the best documents for `query`: the first ones as soon as they can be shown, and then, where there are
 * more or their nearest sentences have still to be found, all of them. Says nothing more once a newer search has made
 * this one stale.
 */
export async function search(
  query: string,
  ports: SearchPorts,
  isStale: () => boolean,
  answered: (answer: SearchAnswer) => void,
): Promise<void> {
  const { indexes, encoder, sentences, clock } = ports
  const startedAt = clock.now()
  const found = await findPassages(query, ports, isStale)
  if (found === undefined) return
  const [first, others] = [found.found.slice(0, AT_ONCE), found.found.slice(AT_ONCE)]
  const firstTexts = await readTexts(first, ports)
  if (isStale()) return
  const bodies = bestBodies(first, firstTexts)
  const { strength, path, unmatched, queryVector } = found
  const isWhole = others.length === 0 && (queryVector === undefined || bodies.every(sentences.knows))
  const { size: documents, passageCount: passages } = indexes.catalogue
  const milliseconds = clock.now() - startedAt
  const answer = { strength, path, unmatched, documents, passages, milliseconds }
  answered({ ...answer, isWhole, results: showFound(first, firstTexts, found, ports) })
  if (isWhole) return

  // The nearest sentence is worth its time only where people look first.
  const marks = encoder && queryVector && sentences.prepare(bodies, encoder)
  const [otherTexts] = await Promise.all([readTexts(others, ports), marks])
  if (isStale()) return
  const allTexts = new Map([...firstTexts, ...otherTexts])
  answered({ ...answer, isWhole: true, results: showFound(found.found, allTexts, found, ports) })
}
