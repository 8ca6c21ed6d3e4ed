import type { PassageText } from '../core/document.ts'
import type { Hit, SearchResult } from '../core/ranking/answer.ts'
import { strengthOf } from '../core/ranking/strength.ts'
import type { FoundPassage, FoundPassages } from './find-passages.ts'
import type { NearestSentences } from './nearest-sentences.ts'
import type { PassageCache } from './passage-cache.ts'
import { bodyOf, showPassage } from './show-passage.ts'

export interface ShowPorts {
  readonly passages: PassageCache
  readonly sentences: NearestSentences
}

/** The texts of passages; one whose document has just been removed has none. */
export type PassageTexts = ReadonlyMap<FoundPassage, PassageText>

export async function readTexts(
  found: FoundPassages['found'],
  { passages }: Pick<ShowPorts, 'passages'>,
): Promise<PassageTexts> {
  const hits = found.flatMap(({ best, alike }) => [...best, ...alike.flat()])
  const read = await passages.read(hits.map(({ document, passage }) => ({ id: document.id, passage })))
  return new Map(
    hits.flatMap((hit, i) => {
      const passage = read[i]
      return passage === undefined ? [] : [[hit, passage] as const]
    }),
  )
}

/** The best passage of each document, without its headings. */
export function bestBodies(found: FoundPassages['found'], texts: PassageTexts): string[] {
  return found.flatMap(({ best: [best] }) => {
    const passage = best && texts.get(best)
    return passage === undefined ? [] : [bodyOf(passage)]
  })
}

/** The documents as they are shown, with the nearest sentence where it is known; passages without a text are left out. */
export function showFound(
  found: FoundPassages['found'],
  texts: PassageTexts,
  asked: Pick<FoundPassages, 'terms' | 'queryVector' | 'thresholds'>,
  { sentences }: Pick<ShowPorts, 'sentences'>,
): SearchResult[] {
  const { terms, queryVector, thresholds } = asked
  const toHit = (hit: FoundPassage, rank: number): Hit[] => {
    const passage = texts.get(hit)
    if (passage === undefined) return []
    const isMarked = rank === 0 && queryVector !== undefined
    const nearest = isMarked ? sentences.nearest(bodyOf(passage), queryVector) : undefined
    const { cosine: dense, lexical, fused } = hit
    const strength = strengthOf(hit, thresholds)
    return [
      {
        passage: hit.passage,
        ...showPassage(passage, terms, nearest),
        strength,
        dense,
        lexical,
        fused,
      },
    ]
  }
  const toResult = (group: readonly FoundPassage[]): SearchResult[] => {
    const document = group[0]?.document
    const hits = group.flatMap(toHit)
    return document === undefined || hits.length === 0
      ? []
      : [{ id: document.id, title: document.title, path: document.path, hits }]
  }
  return found.flatMap(({ best, alike }) => {
    const [first, ...others] = [best, ...alike].flatMap(toResult)
    if (first === undefined) return []
    return [others.length === 0 ? first : { ...first, alike: others }]
  })
}
