/**
 * BM25 (Robertson and Zaragoza, 2009) over segments of typed arrays. A removed document leaves its postings behind as
 * tombstones, which no number of the ranking counts, until its segment is written again.
 */
import { keySetOf } from '../key-set.ts'
import type { LexicalIndex } from '../ports/lexical-index.ts'
import type { Saveable } from '../snapshot.ts'
import { buildSegment } from './build-segment.ts'
import { livingKeysOf } from './live-segment.ts'
import { matchWords } from './match-words.ts'
import { segmentBytes } from './segment.ts'
import { createSaveableSegments } from './saveable-segments.ts'
import { createSegmentTiers } from './segment-tiers.ts'
import { createVocabulary } from './segment-vocabulary.ts'
import { selectPhrases } from './select-phrases.ts'

export interface Bm25Index extends LexicalIndex {
  readonly saveable: Saveable
  /** Bytes that the index takes, merges under way left out. */
  bytes(): number
}

export function createBm25Index(): Bm25Index {
  let tiers = createSegmentTiers()
  const vocabulary = createVocabulary(() => tiers.all())

  const saveable = createSaveableSegments(
    () => tiers.all(),
    lives => {
      tiers = createSegmentTiers(lives)
    },
  )

  return {
    saveable,

    async add(keys, texts) {
      if (keys.length !== texts.length) {
        throw new Error(`expected as many texts as keys, got ${texts.length} texts for ${keys.length} keys`)
      }
      const segment = buildSegment(new Map(Array.from(keys, (key, i) => [key, texts[i] ?? ''])))
      tiers.remove(segment.keys)
      tiers.add(segment)
    },

    remove: async keys => tiers.remove(keys),

    match: async query => matchWords(query, tiers.all(), vocabulary),

    select: async (conditions, within = keySetOf(livingKeys())) =>
      selectPhrases(conditions, within, tiers.all(), vocabulary),

    keys: async () => livingKeys().toSorted(),

    async clear() {
      tiers = createSegmentTiers()
    },

    bytes: () =>
      tiers.all().reduce((sum, { segment, dead }) => sum + segmentBytes(segment) + dead.byteLength, 0),
  }

  function livingKeys(): Uint32Array {
    return Uint32Array.from(tiers.all().flatMap(live => Array.from(livingKeysOf(live))))
  }
}
