import type { Catalogue, KeyedPassage } from '../core/catalogue.ts'
import type { LibraryDocument } from '../core/document.ts'
import type { KeySet } from '../core/key-set.ts'
import type { Encoder } from '../core/ports/encoder.ts'
import type { VectorIndex } from '../core/ports/vector-index.ts'
import { type ParsedQuery, parseQuery } from '../core/query/parse-query.ts'
import type { SearchAnswer } from '../core/ranking/answer.ts'
import { type Fold, foldAlike } from '../core/ranking/fold-alike.ts'
import { type DocumentGroup, groupByDocument } from '../core/ranking/group.ts'
import {
  CANDIDATES_PER_SIDE,
  type HybridNeighbours,
  hybridNeighbours,
  wordNeighbours,
} from '../core/ranking/hybrid.ts'
import { answerStrength, type Evidence, type StrengthThresholds } from '../core/ranking/strength.ts'
import type { Indexes } from './indexes.ts'
import { newestWithin } from './newest-within.ts'
import { restrict } from './restrict.ts'

export interface FindPorts {
  readonly indexes: Indexes
  /** Missing while there is no model: words are found then, meaning is not. */
  readonly encoder: Encoder | undefined
}

/** A passage that was found, and what speaks for it. */
export interface FoundPassage extends KeyedPassage, Evidence {
  readonly lexical: number
  readonly fused: number
}

export type FoundDocument = Fold<readonly FoundPassage[]>

export interface FoundPassages extends Pick<SearchAnswer, 'strength' | 'path' | 'unmatched'> {
  /** Documents with those that say nearly the same; each is its passages, and everything is best first. */
  readonly found: readonly FoundDocument[]
  /** What was looked for. */
  readonly terms: ReadonlySet<string>
  /** Missing where only words were looked for, or nothing but filters. */
  readonly queryVector: Float32Array | undefined
  readonly thresholds: StrengthThresholds
}

/** Documents shown. */
const MOST_RESULTS = 20

/** Documents that are looked at for those that say nearly the same. */
const MOST_COMPARED = 60

/** Without a model there is no cosine, so no cosine is good enough. */
const NO_MODEL: StrengthThresholds = { strong: Infinity, fair: Infinity }

/** The best passages for `query`, without their texts; `undefined` as soon as a newer search has made this one stale. */
export async function findPassages(
  query: string,
  ports: FindPorts,
  isStale: () => boolean,
): Promise<FoundPassages | undefined> {
  const { indexes, encoder } = ports
  const parsed = parseQuery(query)
  const { within, unmatched } = await restrict(parsed, indexes)
  const queryVector = parsed.text === '' ? undefined : await encoder?.encode([parsed.text], 'query')
  if (isStale()) return undefined
  const vectors = indexes.vectors && searchedOnce(indexes.vectors)
  const info = await encoder?.info()
  const thresholds = info?.strength ?? NO_MODEL
  const weight = info?.fusionWeight
  const look = async (corrected: boolean) => {
    const neighbours = await findNeighbours(
      { text: parsed.text, within, queryVector, vectors, weight, corrected },
      indexes,
    )
    return weigh(neighbours, indexes, thresholds)
  }
  const exact = await look(false)
  const found = maySayMore(exact, parsed) ? await look(true) : exact
  return isStale() ? undefined : { ...found, queryVector, thresholds, unmatched }
}

type Weighed = Pick<FoundPassages, 'found' | 'terms' | 'strength' | 'path'>

/** A word that no document has is mostly another word for what one says; only where nothing convinces it may be misspelt. */
function maySayMore({ strength }: Weighed, { text }: ParsedQuery): boolean {
  return text !== '' && strength !== 'strong' && strength !== 'fair'
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
  /** Of meaning against words; missing without a model. */
  readonly weight: number | undefined
  /** Unknown words are taken for misspelt ones. */
  readonly corrected: boolean
}

async function findNeighbours(
  { text, within, queryVector, vectors, weight, corrected }: Looking,
  { words, catalogue }: Indexes,
): Promise<HybridNeighbours> {
  const limit = 2 * CANDIDATES_PER_SIDE
  if (text === '' && within !== undefined) return newestWithin(within, catalogue, limit)
  const asked = { limit, within, typing: true, corrected }
  if (vectors === undefined || weight === undefined || queryVector === undefined) {
    return wordNeighbours(words, { ...asked, text })
  }
  const sides = { vectorIndex: vectors, lexicalIndex: words }
  return hybridNeighbours({ ...asked, ...sides, queryVector, queryText: text, weight })
}

function weigh(
  neighbours: HybridNeighbours,
  { catalogue, likes }: Indexes,
  thresholds: StrengthThresholds,
): Weighed {
  const groups = groupByDocument(neighbours.keys, key => catalogue.find(key)?.document)
  const folds = foldAlike(
    groups.slice(0, MOST_COMPARED),
    (one, other) => likes?.areAlike(one.document, other.document) === true,
  )
  const found = folds.slice(0, MOST_RESULTS).map(({ best, alike }) => ({
    best: evidence(best, neighbours, catalogue),
    alike: alike.map(group => evidence(group, neighbours, catalogue)),
  }))
  const { terms, path } = neighbours
  const bests = found.flatMap(({ best }) => best)
  return { found, terms: new Set(terms), path, strength: answerStrength(bests, thresholds) }
}

/** A document's passages, best first. */
function evidence(
  group: DocumentGroup<LibraryDocument>,
  { keys, dense, lexical, fused, coverage }: HybridNeighbours,
  catalogue: Catalogue,
): FoundPassage[] {
  const toFound = (rank: number): FoundPassage[] => {
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
