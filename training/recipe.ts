/** What the shipped model is made of. Every number here was chosen without looking at the evaluation sets. */

import { repeatFactor } from '../src/core/model/batching.ts'

export const RECIPE = {
  name: 'Belfry two-tower',
  version: '2',
  vocabulary: 32_000,
  dimension: 512,
  /** More negatives: better on the held-out sources than 1,024, though only half as many steps fit. */
  batch: 2048,
  maxTokens: { query: 64, document: 256 },
  /** 1 / temperature. */
  sharpness: 20,
  tableRate: 0.005,
  /** Of a table that starts from word vectors: they are to be tuned, not forgotten. */
  tunedTableRate: 0.005,
  denseRate: 0.0005,
  /** About eleven minutes on two cores. */
  steps: 1400,
  warmUpSteps: 100,
  /** Smooth inverse frequency: a / (a + p). Arora et al. 2017. */
  sif: 1e-3,
  /** A piece that stands n times in a text counts 1 + ln n times, in training as in use. */
  factorOf: repeatFactor,
  /** Share of the pieces that are left out of a text at random. */
  dropout: 0,
  seed: 2,
} as const

/** The recurrent tower, where it differs (`--body gru`, decision 013). */
export const RECURRENT = {
  name: 'Belfry recurrent two-tower',
  /** Numbers of a state, and of the embedding. */
  hidden: 128,
  /** Numbers a piece in the table. */
  inputs: 256,
  /** Every piece is a step: fewer of them, and fewer pairs at once. */
  batch: 256,
  maxTokens: { query: 32, document: 128 },
  steps: 2000,
  tableRate: 0.005,
} as const

/** The first stage, on raw text. The shipped model has none: it gained synonyms and lost more (decision 012). */
export const PRETRAINING = {
  epochs: 0,
  /** Pieces on either side of the middle, at most. */
  reach: 6,
  strangers: 5,
  /** Pieces that are more than this share of all are read less often. */
  threshold: 1e-4,
  rate: 0.075,
} as const

/** Whole sources that are never trained on: what is chosen (fusion weight, strengths) is chosen on them. */
export const HELD_OUT: readonly string[] = [
  'pubmedqa-labelled',
  'gnome-help',
  'ansible-docs',
  'public-domain-recipes',
  'cncf-glossary',
]

/** Glosses of a few words: nearly half of the rows, and far from what people search. */
const DICTIONARIES: ReadonlySet<string> = new Set([
  'wordnet-definitions',
  'wordnet-relations',
  'wordnet-usage',
  'wordset-dictionary',
])

const DICTIONARY_CAP = 20_000
const LEAST_WEIGHT = 1_500

/** How often batches come from a source of pairs, relative to the others. */
export function weightOfPairs(name: string, rows: number): number {
  return Math.max(LEAST_WEIGHT, DICTIONARIES.has(name) ? Math.min(rows, DICTIONARY_CAP) : rows)
}

/** Inverse-cloze pairs: paragraphs read of each text at most, and the weight of their batches for each paragraph. */
export const TEXT_CAP = 60_000
export const TEXT_WEIGHT = 0.4

/** Texts that are no paragraphs. */
export const SKIPPED_TEXTS: readonly string[] = ['wordnet-glosses']

/** Chosen on the held-out sources after training (`tsx training/calibrate.ts`). */
export const CHOSEN = {
  documentTokens: 384,
  tableBits: 4,
  fusionWeight: 0.45,
  strength: { strong: 0.43, fair: 0.29 },
} as const
