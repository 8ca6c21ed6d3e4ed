import type { Catalogue, KeyedPassage } from '../core/catalogue.ts'
import type { LibraryDocument, PassageText } from '../core/document.ts'
import type { KeySet } from '../core/key-set.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { Clock } from '../core/ports/platform.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import { parseQuery } from '../core/query/parse-query.ts'
import type { Hit, SearchAnswer, SearchResult } from '../core/ranking/answer.ts'
import { type Fold, foldAlike } from '../core/ranking/fold-alike.ts'
import { type DocumentGroup, groupByDocument } from '../core/ranking/group.ts'
import {
  CANDIDATES_PER_SIDE,
  type HybridNeighbours,
  hybridNeighbours,
  wordNeighbours,
} from '../core/ranking/hybrid.ts'
import {
  answerStrength,
  type Evidence,
  type StrengthThresholds,
  strengthOf,
} from '../core/ranking/strength.ts'
import type { Indexes } from './indexes.ts'
import { nearestSentences } from './nearest-sentences.ts'
import { newestWithin } from './newest-within.ts'
import type { PassageCache } from './passage-cache.ts'
import { restrict } from './restrict.ts'
import { bodyOf, showPassage, type ShownPassage } from './show-passage.ts'

export interface SearchPorts {
  readonly indexes: Indexes
  /** Missing while there is no model: words are found then, meaning is not. */
  readonly encoder: Encoder | undefined
  readonly passages: PassageCache
  readonly clock: Clock
}

/** Documents shown. */
const MOST_RESULTS = 20

/** Documents that are looked at for those that say nearly the same. */
const MOST_COMPARED = 60

/** Documents whose best passage gets its nearest sentence marked. */
const MOST_SENTENCES = 6

/** Without a model there is no cosine, so no cosine is good enough. */
const NO_MODEL: StrengthThresholds = { strong: Infinity, fair: Infinity }

/** A passage that was found, and what speaks for it. */
interface Found extends KeyedPassage, Evidence {
  readonly lexical: number
  readonly fused: number
}

/** The best documents for `query`; `undefined` as soon as a newer search has made this one stale. */
export async function search(
  query: string,
  ports: SearchPorts,
  isStale: () => boolean,
): Promise<SearchAnswer | undefined> {
  const { indexes, encoder, clock } = ports
  const { catalogue } = indexes
  const vectors = indexes.vectors && searchedOnce(indexes.vectors)
  const startedAt = clock.now()
  const parsed = parseQuery(query)
  const { within, unmatched } = await restrict(parsed, indexes)
  const queryVector = parsed.text === '' ? undefined : await encoder?.encode([parsed.text], 'query')
  if (isStale()) return undefined
  const thresholds = (await encoder?.info())?.strength ?? NO_MODEL
  const areAlike = (one: LibraryDocument, other: LibraryDocument) =>
    indexes.likes?.areAlike(one, other) === true
  const look = async (corrected: boolean) => {
    const neighbours = await findNeighbours(
      { text: parsed.text, within, queryVector, vectors, corrected },
      ports,
    )
    const groups = groupByDocument(neighbours.keys, key => catalogue.find(key)?.document)
    const folds = foldAlike(groups.slice(0, MOST_COMPARED), (one, other) =>
      areAlike(one.document, other.document),
    )
    const found = folds.slice(0, MOST_RESULTS).map(({ best, alike }) => ({
      best: evidence(best, neighbours, catalogue),
      alike: alike.map(group => evidence(group, neighbours, catalogue)),
    }))
    return {
      found,
      terms: neighbours.terms,
      path: neighbours.path,
      strength: answerStrength(
        found.flatMap(({ best }) => best),
        thresholds,
      ),
    }
  }
  const exact = await look(false)
  // A word that no document has is mostly another word for what one says; only where nothing convinces it may be misspelt.
  const isConvincing = exact.strength === 'strong' || exact.strength === 'fair'
  const { found, terms, path, strength } = isConvincing || parsed.text === '' ? exact : await look(true)
  if (isStale()) return undefined
  const shown = await show(found, { terms: new Set(terms), queryVector }, ports)
  if (isStale()) return undefined
  return {
    results: toResults(found, shown, thresholds),
    strength,
    milliseconds: clock.now() - startedAt,
    documents: catalogue.size,
    passages: catalogue.passageCount,
    path,
    unmatched,
  }
}

type NearVectors = Pick<VectorIndex, 'search' | 'score'>

/** The second look for a query is for other words: its vector stays, and with it what is near. */
function searchedOnce(vectors: NearVectors): NearVectors {
  let near: ReturnType<NearVectors['search']> | undefined
  return {
    search: (...asked) => (near ??= vectors.search(...asked)),
    score: (...asked) => vectors.score(...asked),
  }
}

interface Looking {
  readonly text: string
  readonly within: KeySet | undefined
  readonly queryVector: Float32Array | undefined
  readonly vectors: NearVectors | undefined
  /** Unknown words are taken for misspelt ones. */
  readonly corrected: boolean
}

async function findNeighbours(
  { text, within, queryVector, vectors, corrected }: Looking,
  { indexes: { words, catalogue }, encoder }: SearchPorts,
): Promise<HybridNeighbours> {
  const limit = 2 * CANDIDATES_PER_SIDE
  if (text === '' && within !== undefined) return newestWithin(within, catalogue, limit)
  if (vectors === undefined || encoder === undefined || queryVector === undefined) {
    return wordNeighbours(words, { text, limit, within, typing: true, corrected })
  }
  const weight = (await encoder.info()).fusionWeight
  return hybridNeighbours({
    vectorIndex: vectors,
    lexicalIndex: words,
    queryVector,
    queryText: text,
    weight,
    limit,
    within,
    typing: true,
    corrected,
  })
}

/** A document's passages, best first. */
function evidence(
  group: DocumentGroup<LibraryDocument>,
  { keys, dense, lexical, fused, coverage }: HybridNeighbours,
  catalogue: Catalogue,
): Found[] {
  const toFound = (rank: number): Found[] => {
    const passage = catalogue.find(keys[rank] ?? 0)
    if (passage === undefined) return []
    return [
      {
        ...passage,
        cosine: dense[rank] ?? 0,
        coverage: coverage[rank] ?? 0,
        lexical: lexical[rank] ?? 0,
        fused: fused[rank] ?? 0,
      },
    ]
  }
  return group.ranks.flatMap(toFound)
}

interface Asked {
  /** What was looked for: these words are marked. */
  readonly terms: ReadonlySet<string>
  readonly queryVector: Float32Array | undefined
}

/** How the passages look; a passage whose document has just been removed is left out. */
async function show(
  found: readonly Fold<readonly Found[]>[],
  { terms, queryVector }: Asked,
  { passages, encoder }: SearchPorts,
): Promise<ReadonlyMap<Found, ShownPassage>> {
  const hits = found.flatMap(({ best, alike }) => [...best, ...alike.flat()])
  const read = await passages.read(hits.map(({ document, passage }) => ({ id: document.id, passage })))
  const textOf = new Map<Found, PassageText>()
  for (const [i, hit] of hits.entries()) {
    const passage = read[i]
    if (passage !== undefined) textOf.set(hit, passage)
  }
  // The nearest sentence is worth its time only where people look first.
  const first = found.slice(0, MOST_SENTENCES).flatMap(({ best: [best] }) => {
    const passage = best && textOf.get(best)
    return passage === undefined ? [] : [{ best, body: bodyOf(passage) }]
  })
  const bodies = first.map(({ body }) => body)
  const sentences = encoder && queryVector ? await nearestSentences(bodies, queryVector, encoder) : []
  const sentenceOf = new Map(first.map(({ best }, i) => [best, sentences[i]]))
  return new Map(
    Array.from(textOf, ([hit, passage]) => [hit, showPassage(passage, terms, sentenceOf.get(hit))]),
  )
}

function toResults(
  found: readonly Fold<readonly Found[]>[],
  shown: ReadonlyMap<Found, ShownPassage>,
  thresholds: StrengthThresholds,
): SearchResult[] {
  const toHit = (hit: Found): Hit[] => {
    const passage = shown.get(hit)
    if (passage === undefined) return []
    const { cosine: dense, lexical, fused } = hit
    return [
      { passage: hit.passage, ...passage, strength: strengthOf(hit, thresholds), dense, lexical, fused },
    ]
  }
  const toResult = (group: readonly Found[]): SearchResult[] => {
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
